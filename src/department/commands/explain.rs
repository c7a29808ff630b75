//! `haidang-visits explain`: the kiosks and journals that a cell came from, or all journals of a question.

use super::super::args::Explain;
use super::super::failure::Failure;
use super::super::{Done, Outcome, screen};
use super::{office, question};
use crate::department::engine::answers::LakeAnswers;
use crate::department::engine::before;
use crate::department::engine::explain::{self, Origin, Part};
use crate::department::figures::{Count, JournalUsed, Level, Period, Unit};
use crate::department::lake::marks;
use crate::department::report::cells::{self, Found};
use crate::department::report::{Cell, Language};
use crate::department::suppression::Told;
use std::collections::BTreeMap;
use std::fmt::Write;

pub fn run(args: &Explain) -> Done {
    let text = office::block_on(async {
        let (answers, places) = office::answers(&args.office, &args.place).await?;
        let (unit, period) = question::question(&answers, &places, &args.question)?;
        let mut out = format!("{} · {}, {} – {}\n", unit.name.vi, unit.name.en, period.first, period.last);
        let whose = Whose::new(&answers, &unit, &period);
        match &args.cell {
            Some(cell) => explain_cell(&answers, &unit, &period, cell, &whose, &mut out).await?,
            None => all_journals(&answers, &unit, &period, &whose, &mut out).await?,
        }
        Ok(out)
    })?;
    screen::tell(&text);
    Ok(Outcome::Good)
}

/// Where kiosks stood, for people who do not know them by their ids.
struct Whose(BTreeMap<String, Vec<String>>);

impl Whose {
    fn new(answers: &LakeAnswers, unit: &Unit, period: &Period) -> Self {
        let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for stay in answers.asked(unit, period).stays.into_iter().filter(|stay| stay.place.level != Level::Kiosk) {
            let known = places.entry(stay.kiosk).or_default();
            if !known.contains(&stay.place.name.vi) {
                known.push(stay.place.name.vi);
            }
        }
        Self(places)
    }

    /// The id, with its place.
    fn kiosk(&self, kiosk: &str) -> String {
        match self.0.get(kiosk) {
            Some(places) => format!("kiosk {kiosk} ({})", places.join("; ")),
            None => format!("kiosk {kiosk}"),
        }
    }
}

async fn all_journals(
    answers: &LakeAnswers,
    unit: &Unit,
    period: &Period,
    whose: &Whose,
    out: &mut String,
) -> Result<(), Failure> {
    let asked = answers.asked(unit, period);
    for journal in &answers.figures_of(unit, period).await?.journals {
        tell_journal(out, "", whose, journal);
    }
    for health in answers.snapshot.health().filter(|h| asked.atoms.iter().any(|atom| atom.kiosk == h.kiosk)) {
        for mark in &health.marks {
            let (vi, en) = marks::said(mark);
            let _ = writeln!(out, "{}  {mark}: {vi} · {en}", whose.kiosk(&health.kiosk));
        }
    }
    Ok(())
}

fn tell_journal(out: &mut String, before: &str, whose: &Whose, journal: &JournalUsed) {
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "{before}{}  bản ghi · records {}–{}  blake3 {}",
        whose.kiosk(&journal.kiosk),
        journal.first_sequence,
        journal.last_sequence,
        journal.hash
    );
}

async fn explain_cell(
    answers: &LakeAnswers,
    unit: &Unit,
    period: &Period,
    cell: &str,
    whose: &Whose,
    out: &mut String,
) -> Result<(), Failure> {
    let figures = answers.figures_of(unit, period).await?;
    let unknown = || {
        Failure::wrong_usage(format!("{cell}: báo cáo không có ô này"), format!("{cell}: the report has no such cell"))
            .with_hint("summary/visits/value, items/MÃ/openings, hours/1/8, \"Tư liệu!C7\"")
    };
    let found = cells::find(&figures, cell).ok_or_else(unknown)?;
    let _ = writeln!(out, "{} = {}", found.name.join("/"), found.value.shown(answers.threshold, Language::Vietnamese));
    let asked = answers.asked(unit, period);
    if let Some(why) = hidden(&found, asked.is_whole, answers.threshold) {
        out.push_str(&why);
        return Ok(());
    }
    let counts = answers.exact(&asked).await?;
    let publishing = answers.publishing(&asked, &counts, period);
    let origin = explain::origin(answers, &publishing, &found.name).await?.ok_or_else(unknown)?;
    tell(out, &found, &origin, whose, before::period(&answers.calendar, period));
    Ok(())
}

/// Why a cell is not told, and neither is where it comes from: the parts would add up to it.
fn hidden(found: &Found, is_whole: bool, threshold: u64) -> Option<String> {
    let is_hidden = matches!(found.value, Cell::Hidden | Cell::Count(Count::Few | Count::Withheld));
    let why = match (is_hidden, &found.value, is_whole) {
        (false, ..) => return None,
        (_, Cell::Count(Count::Few), _) => format!(
            "Ít hơn {threshold}, có thể không có: không công bố, nên cũng không chỉ nguồn của từng máy.\n\
             Fewer than {threshold}, perhaps none: not published, so neither is what each kiosk contributes.\n"
        ),
        (_, _, false) => "Kỳ này cắt ngang một đoạn của lịch; chỉ số lượt theo ngày và theo tuần được công bố. \
             Hãy chọn kỳ trọn, hoặc ghi đợt triển lãm vào lịch.\n\
             The period cuts a segment of the calendar; only visits by day and week are told. \
             Choose a whole period, or put the exhibition's days into the calendar.\n"
            .to_owned(),
        _ => format!(
            "Ô này gộp những số nhỏ hơn {threshold}, hoặc từ nó suy ra được một số như thế: không công bố, nên cũng không chỉ nguồn.\n\
             This cell is made of numbers under {threshold}, or such a number would follow from it: not published, so neither is its source.\n"
        ),
    };
    Some(format!("{why}Quy tắc · the rule: docs/privacy.md\n"))
}

fn tell(out: &mut String, found: &Found, origin: &Origin, whose: &Whose, before: Option<Period>) {
    match origin {
        Origin::Sum(parts) => tell_sum(out, found, whose, parts),
        Origin::RestsOn(parts) => {
            out.push_str("Tính trên toàn bộ số lượt sau, không phải tổng · worked out over all of these, not a sum:\n");
            parts.iter().for_each(|part| tell_part(out, whose, part));
        }
        Origin::Kiosks(kiosks) => {
            out.push_str(
                "Đếm máy hoặc nơi đặt máy, không phải lượt · kiosks or their places are counted, not visits:\n",
            );
            for kiosk in kiosks {
                let _ = writeln!(out, "{}", whose.kiosk(kiosk));
            }
        }
        Origin::Undated(kiosks) => {
            out.push_str(
                "Lượt không rõ ngày vì đồng hồ máy sai, không tính vào kỳ nào · the clock was wrong, counted in no period:\n",
            );
            for (kiosk, told) in kiosks {
                let more = if told.more > 0 { " + …" } else { "" };
                let _ = writeln!(out, "{:>9}{more}  {}", told.shown, whose.kiosk(kiosk));
            }
        }
        Origin::Records(journals) => {
            out.push_str(
                "Mọi bản ghi của các tệp sau, làm tròn lên hàng trăm · all records of these files, in whole hundreds:\n",
            );
            journals.iter().for_each(|journal| tell_journal(out, "", whose, journal));
        }
        Origin::PeriodBefore => {
            if let Some(before) = before {
                let _ = writeln!(
                    out,
                    "Từ kỳ trước · from the period before: explain --period {}..{} summary/visits/value",
                    before.first, before.last
                );
            }
        }
        Origin::HeadCounts => {
            out.push_str("Không từ nhật ký: giáo viên đếm, trong headcounts.csv của danh mục địa điểm.\n");
            out.push_str("Not from journals: counted by teachers, in headcounts.csv of the gazetteer.\n");
        }
    }
}

fn tell_sum(out: &mut String, found: &Found, whose: &Whose, parts: &[Part]) {
    if parts.iter().any(|part| part.told.more > 0) {
        out.push_str(
            "“+ …”: còn lượt không phân chia được, không tính vào ô · more that is not split up, and not part of the cell\n",
        );
    }
    parts.iter().for_each(|part| tell_part(out, whose, part));
    let sum: Told = parts.iter().map(|part| part.told).sum();
    let _ = writeln!(out, "{:>9}  cộng · sum", sum.shown);
    if found.name[0] == "paths" {
        out.push_str("           ghi tròn xuống theo ngưỡng · told in whole thresholds, rounded down\n");
    }
}

fn tell_part(out: &mut String, whose: &Whose, part: &Part) {
    let more = if part.told.more > 0 { " + …" } else { "" };
    let Part { kiosk, first, last, told, journals } = part;
    let _ = writeln!(out, "{:>9}{more}  {}  {first} – {last}", told.shown, whose.kiosk(kiosk));
    for journal in journals {
        tell_journal(out, "             ", whose, journal);
    }
    if journals.is_empty() {
        out.push_str("             quá ít lượt, không chỉ tệp · too few visits, files are not told\n");
    }
}
