//! What a run cost: times of frames, of becoming sharp, processor and memory. Written as JSON when the kiosk ends.

use super::Plan;
use crate::kiosk::exhibit::Open;
use crate::kiosk::session::{Diary, Motion};
use bevy::prelude::*;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[derive(Resource, Debug)]
pub struct Metrics {
    started: Instant,
    last_frame: Option<Instant>,
    first_frame: Option<Duration>,
    interactive: Option<Duration>,
    frames: u64,
    /// Milliseconds of every frame that followed another without rest.
    frame_millis: Vec<f32>,
    /// Where in `frame_millis` the last mark stood.
    marked: usize,
    marks: Vec<Value>,
    sharp_millis: Vec<f32>,
    pss_peak: f64,
    pss_read: Option<Instant>,
}

/// Memory is read this often at most; the kernel adds it up page by page.
const READ_MEMORY: Duration = Duration::from_secs(2);

impl Metrics {
    /// Counts from the start of the process.
    pub fn since(started: Instant) -> Self {
        Self {
            started,
            last_frame: None,
            first_frame: None,
            interactive: None,
            frames: 0,
            frame_millis: Vec::new(),
            marked: 0,
            marks: Vec::new(),
            sharp_millis: Vec::new(),
            pss_peak: 0.0,
            pss_read: None,
        }
    }

    pub fn mark(&mut self, name: String) {
        let since = &self.frame_millis[self.marked..];
        let mark = json!({
            "name": name,
            "at_ms": millis(self.started.elapsed()),
            "frames": since.len(),
            "frame_ms": spread(since),
            "cpu_s": cpu_seconds(),
            "pss_mb": pss_megabytes(),
        });
        self.marked = self.frame_millis.len();
        self.marks.push(mark);
    }

    pub fn sharp(&mut self, after: Duration) {
        self.sharp_millis.push(millis(after));
    }

    fn report(&mut self, journal_events: u64) -> Value {
        let pss_end = pss_megabytes();
        json!({
            "first_frame_ms": self.first_frame.map(millis),
            "interactive_ms": self.interactive.map(millis),
            "frames": self.frames,
            "frame_ms": spread(&self.frame_millis),
            "marks": self.marks,
            "sharp_ms": self.sharp_millis,
            "cpu_s": cpu_seconds(),
            "wall_s": self.started.elapsed().as_secs_f64(),
            "pss_mb_peak": self.pss_peak.max(pss_end),
            "pss_mb_end": pss_end,
            "journal_events": journal_events,
        })
    }
}

pub(super) fn plugin(app: &mut App) {
    if !app.world().contains_resource::<Metrics>() {
        app.insert_resource(Metrics::since(Instant::now()));
    }
    app.add_systems(First, measure_frame).add_systems(Last, write_at_exit);
}

fn measure_frame(mut metrics: ResMut<Metrics>, motion: Res<Motion>, open: Res<Open>, plan: Option<Res<Plan>>) {
    if plan.is_none_or(|p| p.metrics.is_none()) {
        return;
    }
    let now = Instant::now();
    let elapsed = metrics.started.elapsed();
    if let Some(last) = metrics.last_frame.replace(now) {
        // The frame before this one is drawn now.
        metrics.first_frame.get_or_insert(elapsed);
        if !motion.is_at_rest() {
            metrics.frame_millis.push(millis(now - last));
        }
    }
    metrics.frames += 1;
    if metrics.interactive.is_none() && open.exhibit().is_some() && motion.is_at_rest() {
        metrics.interactive = Some(elapsed);
    }
    if metrics.pss_read.is_none_or(|read| read.elapsed() > READ_MEMORY) {
        metrics.pss_read = Some(now);
        metrics.pss_peak = metrics.pss_peak.max(pss_megabytes());
    }
}

fn write_at_exit(
    mut exits: MessageReader<AppExit>,
    mut metrics: ResMut<Metrics>,
    plan: Option<Res<Plan>>,
    diary: Res<Diary>,
) {
    if exits.read().count() == 0 {
        return;
    }
    diary.flush();
    let Some(path) = plan.and_then(|p| p.metrics.clone()) else { return };
    let report = metrics.report(diary.written());
    if let Err(error) = crate::base::files::write_whole(&path, format!("{report:#}\n").as_bytes()) {
        error!("{}: {error}", path.display());
    }
}

fn millis(duration: Duration) -> f32 {
    duration.as_secs_f32() * 1000.0
}

/// Median, 95th and 99th of a hundred, and the largest.
fn spread(values: &[f32]) -> Value {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    let at = |share: f64| {
        let index = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
        sorted.get(index).copied()
    };
    json!({"p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": sorted.last()})
}

/// Processor seconds of this process, user and system.
fn cpu_seconds() -> Option<f64> {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: f64 = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    Some(ticks / TICKS_PER_SECOND)
}

/// Proportional set size in megabytes; zero where the kernel does not tell it.
fn pss_megabytes() -> f64 {
    let rollup = std::fs::read_to_string("/proc/self/smaps_rollup").unwrap_or_default();
    let line = rollup.lines().find_map(|l| l.strip_prefix("Pss:"));
    let kilobytes: f64 = line.and_then(|l| l.trim().split(' ').next()?.parse().ok()).unwrap_or(0.0);
    kilobytes / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spread_names_the_slow_frames() {
        let values: Vec<f32> = (1..=100).map(|v| v as f32).collect();
        assert_eq!(spread(&values), json!({"p50": 50.0, "p95": 95.0, "p99": 99.0, "max": 100.0}));
        assert_eq!(spread(&[])["max"], Value::Null);
    }
}
