//! The period before: the whole one of the same kind, so that like is compared with like.

use super::answers::LakeAnswers;
use super::publish::Publishing;
use super::told::Domain;
use super::{EngineError, exact, undated};
use crate::department::figures::{Before, Period, Unit};
use crate::department::periods::{self, Calendar, Preset};
use crate::department::suppression::Told;

/// None where either of the two cuts a segment: the visits of such days are told as a sum of lower bounds.
pub fn period(calendar: &Calendar, period: &Period) -> Option<Period> {
    let own = Preset::Own { first: period.first, last: period.last };
    let presets = [Preset::SixMonths, Preset::Year, Preset::SchoolYear, Preset::StatisticsHalfYear];
    let same = |preset: &Preset| {
        let of_preset = periods::period(calendar, *preset, period.first);
        (of_preset.first, of_preset.last) == (period.first, period.last)
    };
    let preset = presets.into_iter().find(same).unwrap_or(own);
    let earlier = periods::before(calendar, preset, period);
    (calendar.is_whole(period) && calendar.is_whole(&earlier)).then_some(earlier)
}

/// Its visits; none when nothing was recorded then.
pub async fn before(answers: &LakeAnswers, unit: &Unit, now: &Period) -> Result<Option<Before>, EngineError> {
    let Some(period) = period(&answers.calendar, now) else { return Ok(None) };
    let asked = answers.asked(unit, &period);
    let told = |publishing: Publishing<'_>| (publishing.visits(), publishing.told_from());
    let (visits, told_from) = if let Some(stocked) = answers.stock.find(answers, &asked) {
        if stocked.told.iter().all(|atom| atom.visits == Told::default()) {
            return Ok(None);
        }
        told(answers.publishing_stocked(&asked, &stocked, &period))
    } else {
        let counts = exact::visits_only(&answers.engine, &asked).await?;
        if counts.atoms.iter().all(|atom| atom.days.is_empty()) {
            return Ok(None);
        }
        let domain = Domain::default();
        told(Publishing::new((&asked, &counts), &domain, &period, answers.threshold, answers.today))
    };
    let undated: Told = undated::told(answers, &asked, &period).into_values().sum();
    let undated = undated.shown.saturating_add(undated.more);
    Ok(Some(Before { visits: visits.count, more: visits.more, undated, told_from, period }))
}
