//! What a run cost: times of frames, of becoming sharp, processor and memory. Written as JSON when the kiosk ends.

use super::Plan;
use super::sight::Sight;
use crate::kiosk::canvas::GpuState;
use crate::kiosk::session::Diary;
use bevy::prelude::*;
use bevy::render::renderer::RenderAdapterInfo;
use serde_json::{Value, json};
use std::time::{Duration, Instant, SystemTime};

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
    launch_to_sharp: Option<Duration>,
    /// When a step moved the view, until a frame shows it sharp.
    looked: Option<Instant>,
    look_millis: Vec<f32>,
    /// What was saved is shown with this frame.
    reloading: Option<Reload>,
    reloads: Vec<Value>,
    stretch: Option<Stretch>,
    sways: Vec<Value>,
    idles: Vec<Value>,
    pss_peak: f64,
    pss_read: Option<Instant>,
}

/// A change of the exhibit's files: when it was noticed, and when the files say that they were written.
#[derive(Clone, Copy, Debug)]
pub struct Reload {
    pub noticed: Instant,
    pub saved: Option<SystemTime>,
}

/// A part of the replay that is measured by itself.
#[derive(Debug)]
struct Stretch {
    since: Instant,
    cpu_s: Option<f64>,
    frame_millis: Vec<f32>,
}

impl Stretch {
    /// Processor seconds since it began.
    fn cpu_s(&self) -> Option<f64> {
        Some(((cpu_seconds()? - self.cpu_s?) * TICKS_PER_SECOND).round() / TICKS_PER_SECOND)
    }
}

/// Memory is read this often at most, and never in a stretch: the kernel adds it up page by page.
const READ_MEMORY: Duration = Duration::from_secs(2);
/// In which the kernel counts processor time.
const TICKS_PER_SECOND: f64 = 100.0;

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
            launch_to_sharp: None,
            looked: None,
            look_millis: Vec::new(),
            reloading: None,
            reloads: Vec::new(),
            stretch: None,
            sways: Vec::new(),
            idles: Vec::new(),
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

    /// The view is moved in this frame; one that was not sharp yet is given up.
    pub fn begin_look(&mut self) {
        self.looked = Some(Instant::now());
    }

    pub fn begin_reload(&mut self, reload: Reload) {
        self.reloading = Some(reload);
    }

    /// A frame has been presented that shows what was saved.
    fn shown_reloaded(&mut self, reload: Reload) {
        let since_save = reload.saved.and_then(|saved| saved.elapsed().ok());
        self.reloads.push(json!({
            "noticed_to_shown_ms": millis(reload.noticed.elapsed()),
            "saved_to_shown_ms": since_save.map(millis),
        }));
    }

    pub fn begin_stretch(&mut self) {
        self.looked = None;
        self.stretch = Some(Stretch { since: Instant::now(), cpu_s: cpu_seconds(), frame_millis: Vec::new() });
    }

    pub fn end_sway(&mut self) {
        let Some(stretch) = self.stretch.take() else { return };
        self.sways.push(json!({
            "wall_s": stretch.since.elapsed().as_secs_f64(),
            "frames": stretch.frame_millis.len(),
            "frame_ms": spread(&stretch.frame_millis),
            "cpu_s": stretch.cpu_s(),
            "pss_mb": pss_megabytes(),
        }));
    }

    pub fn end_idle(&mut self) {
        let Some(stretch) = self.stretch.take() else { return };
        self.idles.push(json!({
            "wall_s": stretch.since.elapsed().as_secs_f64(),
            "frames": stretch.frame_millis.len(),
            "cpu_s": stretch.cpu_s(),
        }));
    }

    /// A frame has been presented that shows an item whole and sharp.
    fn shown_sharp(&mut self) {
        self.launch_to_sharp.get_or_insert(self.started.elapsed());
        if let Some(looked) = self.looked.take() {
            self.look_millis.push(millis(looked.elapsed()));
        }
    }

    fn report(&mut self, journal_events: u64, renderer: Option<&RenderAdapterInfo>) -> Value {
        let pss_end = pss_megabytes();
        json!({
            "renderer": renderer.map(|r| r.name.clone()),
            "renderer_is_processor": renderer.map(|r| r.device_type == wgpu_types::DeviceType::Cpu),
            "first_frame_ms": self.first_frame.map(millis),
            "interactive_ms": self.interactive.map(millis),
            "launch_to_sharp_ms": self.launch_to_sharp.map(millis),
            "frames": self.frames,
            "frame_ms": spread(&self.frame_millis),
            "marks": self.marks,
            "sharp_ms": self.sharp_millis,
            "look_to_sharp_ms": {"each": self.look_millis, "spread": spread(&self.look_millis)},
            "reloads": self.reloads,
            "sways": self.sways,
            "idles": self.idles,
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

fn measure_frame(mut metrics: ResMut<Metrics>, sight: Sight, plan: Option<Res<Plan>>) {
    if plan.is_none_or(|p| p.metrics.is_none()) {
        return;
    }
    let metrics = &mut *metrics;
    let now = Instant::now();
    let elapsed = metrics.started.elapsed();
    if let Some(last) = metrics.last_frame.replace(now) {
        // The frame before this one is drawn now.
        metrics.first_frame.get_or_insert(elapsed);
        let between = millis(now - last);
        if !sight.motion.is_at_rest() {
            metrics.frame_millis.push(between);
        }
        if let Some(stretch) = &mut metrics.stretch {
            stretch.frame_millis.push(between);
        }
        if sight.item_is_sharp() {
            metrics.shown_sharp();
        }
        if let Some(reload) = metrics.reloading.take() {
            metrics.shown_reloaded(reload);
        }
    }
    metrics.frames += 1;
    if metrics.interactive.is_none() && sight.exhibit_is_open() && sight.motion.is_at_rest() {
        metrics.interactive = Some(elapsed);
    }
    if metrics.stretch.is_none() && metrics.pss_read.is_none_or(|read| read.elapsed() > READ_MEMORY) {
        metrics.pss_read = Some(now);
        metrics.pss_peak = metrics.pss_peak.max(pss_megabytes());
    }
}

fn write_at_exit(
    mut exits: MessageReader<AppExit>,
    mut metrics: ResMut<Metrics>,
    plan: Option<Res<Plan>>,
    diary: Res<Diary>,
    renderer: Option<Res<RenderAdapterInfo>>,
    gpu: Res<GpuState>,
) {
    if exits.read().count() == 0 {
        return;
    }
    diary.flush();
    let Some(path) = plan.and_then(|p| p.metrics.clone()) else { return };
    let mut report = metrics.report(diary.written(), renderer.as_deref());
    report["gpu_tile_textures"] = json!(gpu.textures_made());
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
