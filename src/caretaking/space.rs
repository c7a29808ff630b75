//! How much room a disk has, as `df` tells in the form that every Linux prints.

use std::path::Path;
use std::process::Command;

/// Bytes of a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    pub total: u64,
    pub free: u64,
}

/// Of the disk that a folder lies on; none when nobody can tell.
pub fn space_of(folder: &Path) -> Option<Space> {
    let output = Command::new("df").args(["-k", "-P"]).arg(folder).env("LC_ALL", "C").output().ok()?;
    read(&String::from_utf8_lossy(&output.stdout))
}

/// The three numbers before the share in percent: names of disks may have blanks.
fn read(told: &str) -> Option<Space> {
    let words: Vec<&str> = told.lines().nth(1)?.split_whitespace().collect();
    let share =
        words.iter().position(|word| word.strip_suffix('%').is_some_and(|share| share.parse::<u32>().is_ok()))?;
    let kib = |before: usize| words.get(share.checked_sub(before)?)?.parse::<u64>().ok()?.checked_mul(1024);
    Some(Space { total: kib(3)?, free: kib(1)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_df_prints_is_read() {
        let told =
            "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/my disk 1000 400 600 40% /media/a 7%\n";
        assert_eq!(read(told), Some(Space { total: 1_024_000, free: 614_400 }));
        for bad in ["", "df: /x: No such file", "Filesystem\n/dev/a - - - - /a", "Filesystem\n1% /a"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn this_disk_has_a_size() {
        let space = space_of(&std::env::temp_dir()).expect("df runs");
        assert!(space.total > 0 && space.free <= space.total);
    }
}
