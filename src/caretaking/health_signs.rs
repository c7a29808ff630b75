//! Reads the signs of a machine's health: `/proc`, `/sys`, `/run`, and the journal's last words. Nothing is changed.

use crate::visits::glance::Glance;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Where to look; other folders in tests.
#[derive(Clone, Debug)]
pub struct Roots {
    pub proc: PathBuf,
    pub sys: PathBuf,
    pub run: PathBuf,
}

impl Default for Roots {
    fn default() -> Self {
        Self { proc: "/proc".into(), sys: "/sys".into(), run: "/run".into() }
    }
}

/// Bytes of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    pub total: u64,
    pub available: u64,
}

/// Whether somebody keeps the clock right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeSource {
    /// By the network, and it was heard.
    Synchronised,
    /// By the network, which was not heard: usual in a hall without one.
    NotSynchronised,
    Unknown,
}

/// Files of the kernel are short; more is not read of them.
const MAX_BYTES: u64 = 64 << 10;

fn text(path: &Path) -> Option<String> {
    let mut text = String::new();
    File::open(path).ok()?.take(MAX_BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}

pub fn memory(roots: &Roots) -> Option<Memory> {
    let told = text(&roots.proc.join("meminfo"))?;
    let bytes = |name: &str| {
        let line = told.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        line.trim().strip_suffix(" kB")?.parse::<u64>().ok()?.checked_mul(1024)
    };
    Some(Memory { total: bytes("MemTotal")?, available: bytes("MemAvailable")? })
}

/// Milliseconds since the machine was switched on.
pub fn uptime_millis(roots: &Roots) -> Option<u64> {
    let told = text(&roots.proc.join("uptime"))?;
    let seconds: f64 = told.split_whitespace().next()?.parse().ok()?;
    (seconds.is_finite() && seconds >= 0.0).then_some((seconds * 1000.0) as u64)
}

/// The hottest part that the kernel knows of, in degrees Celsius.
pub fn temperature(roots: &Roots) -> Option<f64> {
    let zones = std::fs::read_dir(roots.sys.join("class/thermal")).ok()?.take(64).filter_map(Result::ok);
    let zones = zones.filter(|entry| entry.file_name().to_string_lossy().starts_with("thermal_zone"));
    let degrees = zones.filter_map(|zone| text(&zone.path().join("temp"))?.trim().parse::<i64>().ok());
    // A zone without a sensor tells nought or nonsense.
    let degrees = degrees.map(|millis| millis as f64 / 1000.0).filter(|degrees| (1.0..150.0).contains(degrees));
    degrees.max_by(f64::total_cmp)
}

pub fn time_source(roots: &Roots) -> TimeSource {
    let folder = roots.run.join("systemd/timesync");
    if folder.join("synchronized").exists() {
        TimeSource::Synchronised
    } else if folder.is_dir() {
        TimeSource::NotSynchronised
    } else {
        TimeSource::Unknown
    }
}

/// The journal's last words; none when it cannot be read.
pub fn journal(data: &Path) -> Option<Glance> {
    crate::visits::glance::glance(&data.join(super::journals::FILE)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn roots(files: &[(&str, &str)]) -> (tempfile::TempDir, Roots) {
        let dir = tempfile::tempdir().expect("temporary folder");
        for (name, text) in files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        let at = |name: &str| dir.path().join(name);
        let roots = Roots { proc: at("proc"), sys: at("sys"), run: at("run") };
        (dir, roots)
    }

    #[test]
    fn what_the_kernel_tells_is_read() {
        let (_dir, roots) = roots(&[
            ("proc/meminfo", "MemTotal:        8000 kB\nMemFree: 1 kB\nMemAvailable:    6000 kB\n"),
            ("proc/uptime", "93784.25 180000.00\n"),
            ("sys/class/thermal/thermal_zone0/temp", "41500\n"),
            ("sys/class/thermal/thermal_zone1/temp", "63250\n"),
            ("sys/class/thermal/thermal_zone2/temp", "-274000\n"),
            ("sys/class/thermal/cooling_device0/temp", "99000\n"),
            ("run/systemd/timesync/synchronized", ""),
        ]);
        assert_eq!(memory(&roots), Some(Memory { total: 8_192_000, available: 6_144_000 }));
        assert_eq!((uptime_millis(&roots), temperature(&roots)), (Some(93_784_250), Some(63.25)));
        assert_eq!(time_source(&roots), TimeSource::Synchronised);
    }

    #[test]
    fn what_it_does_not_tell_is_not_made_up() {
        let (_dir, roots) = roots(&[("proc/meminfo", "MemTotal: lots\n"), ("run/systemd/timesync/clock", "")]);
        assert_eq!((memory(&roots), uptime_millis(&roots), temperature(&roots)), (None, None, None));
        assert_eq!(time_source(&roots), TimeSource::NotSynchronised);
        assert_eq!(time_source(&Roots { run: "/nowhere".into(), ..roots }), TimeSource::Unknown);
        assert_eq!(journal(Path::new("/nowhere")), None);
    }

    #[test]
    fn this_machine_has_memory() {
        let roots = Roots::default();
        assert!(memory(&roots).is_none_or(|memory| memory.available <= memory.total));
        assert!(uptime_millis(&roots).is_none_or(|millis| millis > 0));
    }
}
