//! `haidang-visits ingest`: journals from sticks into the lake.

use super::super::args::Ingest;
use super::super::failure::{Failure, lakes_beside};
use super::super::{Done, Outcome, screen};
use super::office;
use crate::department::ingest;
use crate::department::lake::{Lake, LakeError, units};

pub fn run(args: &Ingest) -> Done {
    let report = office::block_on(async {
        let places = office::places(args.office.places.as_deref())?;
        places.tell_trouble();
        let atlas = places.atlas();
        let place = &args.office.lake;
        let (lake, is_new) = lake(place, args.new).await?;
        let report = ingest::ingest(&lake, &args.journals, &*atlas).await?;
        if is_new && report.new_records() > 0 {
            let made = [format!("{place}: đã lập kho dữ liệu mới"), format!("{place}: a new lake was made")];
            screen::note(&made[0], &made[1]);
        }
        // The roll-ups are made now, so that the first who asks does not wait.
        units::snapshot(&lake).await?;
        Ok(report)
    })?;
    if args.json {
        screen::tell(&format!("{:#}\n", report.json()));
    } else {
        screen::tell(&report.text(screen::tongue()));
    }
    Ok(if report.has_problems() { Outcome::Problems } else { Outcome::Good })
}

/// The lake, and whether it is made now. A mistyped name would be a second lake, and the office's record in two halves.
async fn lake(place: &str, may_be_new: bool) -> Result<(Lake, bool), Failure> {
    match Lake::open(place).await {
        Ok(lake) => Ok((lake, false)),
        Err(LakeError::NotThere(_)) if may_be_new => Ok((Lake::open_or_make(place)?, true)),
        Err(LakeError::NotThere(_)) => {
            let to_make = "lần nhận đầu tiên, lập kho mới: thêm --new · the first time, to make a new lake: --new";
            let hint = match lakes_beside(place) {
                Some(beside) => format!("{beside}\n{to_make}"),
                None => to_make.to_owned(),
            };
            let (vi, en) = ("chưa có kho dữ liệu ở đây; chưa nhận gì", "there is no lake here; nothing was taken");
            Err(Failure::cannot_read(format!("{place}: {vi}"), en).with_hint(hint))
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(place: &std::path::Path, may_be_new: bool) -> Result<bool, Failure> {
        let place = place.to_str().expect("text");
        office::block_on(async { Ok(lake(place, may_be_new).await?.1) })
    }

    #[test]
    fn a_mistyped_lake_makes_no_second_one_and_the_office_s_lake_is_named() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let (kho, mistyped) = (dir.path().join("kho"), dir.path().join("kho-2"));
        let told = asked(&kho, false).expect_err("the first time");
        assert!(told.hint.contains("thêm --new") && !kho.exists(), "{told:?}");
        assert_eq!(asked(&kho, true), Ok(true));
        std::fs::create_dir_all(kho.join("ledger/a")).expect("made");
        std::fs::write(kho.join("ledger/a/00000001.json"), b"{}").expect("written");
        assert_eq!((asked(&kho, false), asked(&kho, true)), (Ok(false), Ok(false)));
        let told = asked(&mistyped, false).expect_err("mistyped");
        assert!(told.hint.contains(&format!("--lake {}?", kho.display())), "{told:?}");
        assert!(!mistyped.exists());
    }
}
