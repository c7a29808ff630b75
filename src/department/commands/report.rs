//! `haidang-visits report`: figures that were counted twice, as a file to be filed.

use super::super::args::Report;
use super::super::failure::Failure;
use super::super::{Done, Outcome, screen};
use super::{office, question};
use crate::base::days;
use crate::department::figures::Period;
use crate::department::report::{Format, Language, Letter, ReportError, write};
use jiff::civil::Date;
use std::path::Path;

pub fn run(args: &Report) -> Done {
    if Format::of(&args.output).is_none() {
        let error = ReportError::UnknownEnding(args.output.clone());
        return Err(Failure { outcome: Outcome::WrongUsage, ..Failure::of(&error) });
    }
    let letter = letter(args.letter.as_deref())?;
    let places = office::places(args.office.places.as_deref())?;
    if !args.force {
        places.refuse_trouble()?;
    }
    let figures = office::block_on(async {
        let answers = office::answers_by(&places, &args.office, &args.place).await?;
        let (unit, period) = question::question(&answers, &places, &args.question)?;
        refuse_future(&period, answers.today)?;
        Ok(answers.checked_figures(&unit, &period).await?)
    })?;
    let language = if args.lang == "en" { Language::English } else { Language::Vietnamese };
    let made = missing_folder(&args.output);
    write(&figures, &letter, language, &args.output).map_err(|error| Failure::of(&error))?;
    if let Some(folder) = made {
        let folder = folder.display();
        screen::note(&format!("{folder}: thư mục mới"), &format!("{folder}: a new folder"));
    }
    if let placeless @ 1.. = figures.key.kiosks_without_place {
        screen::note(
            &format!("{placeless} máy có lượt xem trong kỳ mà chưa biết đặt ở đâu; báo cáo đã nói rõ"),
            &format!("for {placeless} kiosks with visits in the period no place is known; the report tells so"),
        );
        let check = format!("  → {}", places.check_command(Some(&args.office.lake)));
        screen::note(&check, &check);
    }
    let done = screen::tongue().say("đã ghi, đã đếm lại", "written, counted twice");
    screen::tell(&format!("{}: {done}\n", args.output.display()));
    Ok(Outcome::Good)
}

/// A period that has not begun has no figures, and no report.
fn refuse_future(period: &Period, today: Date) -> Result<(), Failure> {
    if period.first <= today {
        return Ok(());
    }
    let (first, name) = (period.first, &period.name);
    Err(Failure::wrong_usage(
        format!("{}: kỳ này đến ngày {} mới bắt đầu; chưa có gì để báo cáo.", name.vi, days::vietnamese(first)),
        format!("{}: this period begins only on {}; there is nothing to report yet.", name.en, days::english(first)),
    ))
}

/// The folder that writing the report will make.
fn missing_folder(output: &Path) -> Option<&Path> {
    output.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists())
}

/// The letterhead, or an empty one to be filled in by hand.
pub fn letter(file: Option<&Path>) -> Result<Letter, Failure> {
    file.map_or_else(|| Ok(Letter::default()), |file| Letter::read(file).map_err(|error| Failure::of(&error)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::department::periods::{Calendar, parse};
    use jiff::civil::date;

    #[test]
    fn a_report_on_a_half_year_to_come_is_refused_in_both_languages() {
        let (_, period) = parse(&Calendar::default(), "2027-H1").expect("a period");
        let refused = refuse_future(&period, date(2026, 11, 21)).expect_err("refused");
        assert_eq!(refused.outcome, Outcome::WrongUsage);
        assert!(refuse_future(&period, date(2027, 1, 1)).is_ok());
    }
}
