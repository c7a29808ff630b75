//! How this machine is: lines for a screen, each with a word on whether somebody has to do something.

use super::calendar::{RELEASED, day_of};
pub use super::health_signs::Roots;
use super::health_signs::{self as signs, Memory, TimeSource};
use super::said::{said, size, span};
use super::space::{Space, space_of};
use crate::base::days::{english, vietnamese};
use crate::diagnostics::Said;
use crate::visits::glance::Glance;
use std::path::Path;

/// Below so much free disk somebody should remove a pack; below so much the journal is in danger.
const DISK_LOW: u64 = 5 << 30;
const DISK_DANGER: u64 = 500 << 20;
const MEMORY_LOW: u64 = 300 << 20;
const HOT: f64 = 80.0;
const TOO_HOT: f64 = 92.0;
/// The clock may be a little before the last record, as after it was set right.
const CLOCK_SLACK_MILLIS: i64 = 10 * 60_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Unknown,
    Good,
    /// Somebody should look at it before long.
    Look,
    Bad,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    pub name: Said,
    pub value: Said,
    pub state: State,
    /// What to do; empty when there is nothing to be done.
    pub hint: Said,
}

/// Everything that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub wall_millis: i64,
    pub version: String,
    /// Title and version of the pack that is shown.
    pub pack: Option<Said>,
    pub disk: Option<Space>,
    pub memory: Option<Memory>,
    pub temperature: Option<f64>,
    pub uptime_millis: Option<u64>,
    pub time_source: TimeSource,
    pub journal: Option<Glance>,
}

/// Reads all signs. Takes some milliseconds: not for the frame loop.
pub fn read(roots: &Roots, data: &Path, wall_millis: i64, version: &str, pack: Option<Said>) -> Reading {
    Reading {
        wall_millis,
        version: version.to_owned(),
        pack,
        disk: space_of(data),
        memory: signs::memory(roots),
        temperature: signs::temperature(roots),
        uptime_millis: signs::uptime_millis(roots),
        time_source: signs::time_source(roots),
        journal: signs::journal(data),
    }
}

impl Reading {
    /// For a screen, in reading order.
    pub fn signs(&self) -> Vec<Sign> {
        let mut signs = vec![
            self.pack_sign(),
            plain(said("Chương trình", "Program"), said(&self.version, &self.version)),
            self.disk_sign(),
            self.memory_sign(),
            self.temperature_sign(),
            self.clock_sign(),
            self.uptime_sign(),
        ];
        signs.extend(self.journal_signs());
        signs
    }

    /// The worst of all.
    pub fn state(&self) -> State {
        self.signs().iter().map(|sign| sign.state).max().unwrap_or(State::Unknown)
    }

    fn pack_sign(&self) -> Sign {
        let name = said("Gói đang trưng bày", "Pack that is shown");
        match &self.pack {
            Some(pack) => plain(name, pack.clone()),
            None => Sign {
                state: State::Look,
                hint: said("Cài một gói từ USB.", "Install a pack from a stick."),
                ..plain(name, said("chưa có", "none"))
            },
        }
    }

    fn disk_sign(&self) -> Sign {
        let name = said("Đĩa còn trống", "Free disk space");
        let Some(Space { total, free }) = self.disk else { return unknown(name) };
        let (free_said, total_said) = (size(free), size(total));
        let value =
            said(format!("{} trong {}", free_said.vi, total_said.vi), format!("{} of {}", free_said.en, total_said.en));
        let hint = said("Xóa bớt gói cũ.", "Remove an old pack.");
        below(name, value, hint, free, DISK_LOW.min(total / 10), DISK_DANGER.min(total / 50))
    }

    fn memory_sign(&self) -> Sign {
        let name = said("Bộ nhớ còn trống", "Free memory");
        let Some(Memory { total, available }) = self.memory else { return unknown(name) };
        let (free_said, total_said) = (size(available), size(total));
        let value =
            said(format!("{} trong {}", free_said.vi, total_said.vi), format!("{} of {}", free_said.en, total_said.en));
        below(name, value, said("Khởi động lại máy.", "Restart the machine."), available, MEMORY_LOW, MEMORY_LOW / 3)
    }

    fn temperature_sign(&self) -> Sign {
        let name = said("Nhiệt độ", "Temperature");
        let Some(degrees) = self.temperature else { return unknown(name) };
        let state = match degrees {
            ..HOT => State::Good,
            HOT..TOO_HOT => State::Look,
            _ => State::Bad,
        };
        let hint = said("Xem quạt và khe thông gió.", "Look at fan and air slots.");
        let value = said(format!("{degrees:.0} °C"), format!("{degrees:.0} °C"));
        Sign { name, value, state, hint: if state > State::Good { hint } else { Said::default() } }
    }

    fn clock_sign(&self) -> Sign {
        let name = said("Đồng hồ máy", "Clock");
        let day = day_of(self.wall_millis);
        let value = said(
            format!("{} {}", time_of_day(self.wall_millis), vietnamese(day)),
            format!("{} {}", english(day), time_of_day(self.wall_millis)),
        );
        let last = self.journal.as_ref().and_then(|glance| glance.last_wall_millis);
        let is_behind = last.is_some_and(|last| self.wall_millis.saturating_add(CLOCK_SLACK_MILLIS) < last);
        if day < RELEASED || is_behind {
            return Sign {
                name,
                value,
                state: State::Bad,
                hint: said(
                    "Đồng hồ chạy lùi hoặc hết pin. Đặt lại giờ; thống kê và hạn khóa dựa vào nó.",
                    "The clock went back or its battery is empty. Set it: figures and keys go by it.",
                ),
            };
        }
        let (state, hint) = match self.time_source {
            TimeSource::Synchronised => (State::Good, Said::default()),
            TimeSource::NotSynchronised | TimeSource::Unknown => (
                State::Good,
                said("Không có mạng giờ: hãy so với đồng hồ khác.", "No time server: compare with another clock."),
            ),
        };
        Sign { name, value, state, hint }
    }

    fn uptime_sign(&self) -> Sign {
        let name = said("Chạy liên tục", "Running for");
        self.uptime_millis.map_or_else(|| unknown(name.clone()), |millis| plain(name.clone(), span(millis)))
    }

    fn journal_signs(&self) -> Vec<Sign> {
        let name = said("Nhật ký", "Journal");
        let Some(glance) = &self.journal else {
            return vec![Sign {
                state: State::Bad,
                hint: said("Xem dung lượng đĩa, rồi khởi động lại.", "Look at the disk's space, then restart."),
                ..plain(name, said("không đọc được", "cannot be read"))
            }];
        };
        let last = glance.last_wall_millis.map(|millis| (vietnamese(day_of(millis)), english(day_of(millis))));
        let value = match last {
            Some((vi, en)) => said(
                format!("{} bản ghi, cuối cùng {vi}", glance.records),
                format!("{} records, last {en}", glance.records),
            ),
            None => said("chưa có bản ghi", "no record yet"),
        };
        let mut told = vec![plain(name, value)];
        if glance.lost > 0 {
            told.push(Sign {
                state: State::Look,
                hint: said("Đĩa từng đầy hoặc hỏng.", "The disk was full or failing."),
                ..plain(said("Bản ghi bị mất", "Lost records"), said(glance.lost.to_string(), glance.lost.to_string()))
            });
        }
        told.extend(glance.troubles.iter().map(|(millis, code)| {
            let day = day_of(*millis);
            let time = time_of_day(*millis);
            Sign {
                name: said(format!("Sự cố {} {time}", vietnamese(day)), format!("Trouble {} {time}", english(day))),
                value: trouble(code),
                state: State::Unknown,
                hint: Said::default(),
            }
        }));
        told
    }
}

/// A trouble's fixed word, in words.
pub fn trouble(code: &str) -> Said {
    match code {
        "no-exhibit" => said("Không mở được gói nội dung", "The pack could not be opened"),
        "pack-problems" => said("Gói nội dung có lỗi", "The pack has mistakes"),
        "picture-unreadable" | "tile-unreadable" => said("Có hình không đọc được", "A picture could not be read"),
        "sound-unreadable" => said("Có âm thanh không đọc được", "A sound could not be read"),
        "no-sound-device" => said("Mất thiết bị âm thanh", "The sound device went away"),
        "gpu-lost" => said("Bộ xử lý đồ họa khởi động lại", "The graphics device was lost and started anew"),
        "gpu-error" => said("Lỗi bộ xử lý đồ họa", "An error of the graphics device"),
        "pack-returned" => {
            said("Đã quay về bản trước vì bản mới lỗi", "Went back to the earlier pack: the new one failed")
        }
        "pack-not-proven" => said(
            "Máy khởi động lại khi bản mới chưa thử xong nên quay về bản trước",
            "Restarted before the new pack had proven itself; went back to the earlier one",
        ),
        other => said(other, other),
    }
}

fn time_of_day(wall_millis: i64) -> String {
    let minutes = (wall_millis.div_euclid(60_000) + 7 * 60).rem_euclid(24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn plain(name: Said, value: Said) -> Sign {
    Sign { name, value, state: State::Good, hint: Said::default() }
}

fn unknown(name: Said) -> Sign {
    Sign { state: State::Unknown, ..plain(name, said("không rõ", "not known")) }
}

fn below(name: Said, value: Said, hint: Said, is: u64, low: u64, danger: u64) -> Sign {
    let state = if is < danger {
        State::Bad
    } else if is < low {
        State::Look
    } else {
        State::Good
    };
    Sign { name, value, state, hint: if state > State::Good { hint } else { Said::default() } }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_280_400_000;

    fn reading() -> Reading {
        Reading {
            wall_millis: NOW,
            version: "0.1.0".to_owned(),
            pack: Some(said("Biển Đông 1.0", "East Sea 1.0")),
            disk: Some(Space { total: 128_000_000_000, free: 38_000_000_000 }),
            memory: Some(Memory { total: 8 << 30, available: 4 << 30 }),
            temperature: Some(52.4),
            uptime_millis: Some(7_200_000),
            time_source: TimeSource::Unknown,
            journal: Some(Glance { records: 9, last_wall_millis: Some(NOW - 5), lost: 0, troubles: Vec::new() }),
        }
    }

    fn states(reading: &Reading) -> Vec<(String, State)> {
        reading.signs().into_iter().filter(|s| s.state > State::Good).map(|s| (s.name.en, s.state)).collect()
    }

    #[test]
    fn a_healthy_machine_has_nothing_to_be_done() {
        let reading = reading();
        assert_eq!((states(&reading), reading.state()), (Vec::new(), State::Good));
        let disk = &reading.signs()[2];
        assert_eq!((disk.value.vi.as_str(), disk.value.en.as_str()), ("38 GB trong 128 GB", "38 GB of 128 GB"));
        assert_eq!(reading.signs()[5].value.vi, "00:00 22/11/2026");
    }

    #[test]
    fn each_fault_is_told_with_what_to_do() {
        let of = |change: &dyn Fn(&mut Reading)| {
            let mut reading = reading();
            change(&mut reading);
            assert!(reading.signs().iter().all(|s| s.state <= State::Good || !s.hint.vi.is_empty()));
            states(&reading)
        };
        let one = |name: &str, state| vec![(name.to_owned(), state)];
        assert_eq!(of(&|r| r.disk = r.disk.map(|d| Space { free: 1 << 30, ..d })), one("Free disk space", State::Look));
        assert_eq!(of(&|r| r.disk = r.disk.map(|d| Space { free: 1 << 20, ..d })), one("Free disk space", State::Bad));
        assert_eq!(of(&|r| r.temperature = Some(95.0)), one("Temperature", State::Bad));
        assert_eq!(of(&|r| r.wall_millis = 0), one("Clock", State::Bad));
        assert_eq!(of(&|r| r.wall_millis = NOW - 86_400_000), one("Clock", State::Bad));
        assert_eq!(of(&|r| r.journal = None), one("Journal", State::Bad));
        assert_eq!(of(&|r| r.journal.as_mut().expect("one").lost = 3), one("Lost records", State::Look));
        assert_eq!(of(&|r| r.pack = None), one("Pack that is shown", State::Look));
        assert_eq!(of(&|r| (r.disk, r.memory, r.temperature) = (None, None, None)), []);
    }
}
