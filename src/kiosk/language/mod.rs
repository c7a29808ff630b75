//! The kiosk's own words, in the visitor's language. Words of an exhibit come with the exhibit.

use crate::diagnostics::Said;
use crate::kiosk::caretaker::written;
use crate::pack::model::{Approval, ApprovalStatus, Language};
use bevy::prelude::*;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::collections::BTreeMap;

/// Texts by language; a language without its own falls back to the first.
const TEXTS: [(&str, &str); 2] =
    [("vi", include_str!("../../../assets/language/vi.ftl")), ("en", include_str!("../../../assets/language/en.ftl"))];

#[derive(Resource)]
pub struct Words {
    current: Language,
    /// The exhibit's languages in the order visitors see them.
    offered: Vec<Language>,
    bundles: BTreeMap<&'static str, FluentBundle<FluentResource>>,
}

impl Default for Words {
    fn default() -> Self {
        let bundles = TEXTS.into_iter().map(|(tag, text)| (tag, bundle(tag, text))).collect();
        // Before any exhibit is there: the languages of the people in charge.
        let offered = vec![Language("vi".to_owned()), Language("en".to_owned())];
        Self { current: offered[0].clone(), offered, bundles }
    }
}

fn bundle(tag: &str, text: &str) -> FluentBundle<FluentResource> {
    let language = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Marks around inserted words confuse a text engine without bidirectional text.
    bundle.set_use_isolating(false);
    let resource = match FluentResource::try_new(text.to_owned()) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            error!("assets/language/{tag}.ftl: {errors:?}");
            resource
        }
    };
    if let Err(errors) = bundle.add_resource(resource) {
        error!("assets/language/{tag}.ftl: {errors:?}");
    }
    bundle
}

impl Words {
    pub fn language(&self) -> &Language {
        &self.current
    }

    pub fn offered(&self) -> &[Language] {
        &self.offered
    }

    /// Offers these languages and speaks the first.
    pub fn offer(&mut self, languages: Vec<Language>) {
        if let Some(first) = languages.first() {
            self.current = first.clone();
            self.offered = languages;
        }
    }

    /// Offers these languages and goes on in the same, if it is among them.
    pub fn offer_anew(&mut self, languages: Vec<Language>) {
        let spoken = self.current.clone();
        self.offer(languages);
        self.speak(spoken);
    }

    pub fn speak(&mut self, language: Language) {
        if self.offered.contains(&language) {
            self.current = language;
        }
    }

    pub fn speak_first(&mut self) {
        self.current = self.offered[0].clone();
    }

    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// How far a pack has come on its way to approval.
    pub fn approval(&self, approval: &Approval) -> String {
        self.approved(approval.status, approval.decision.as_deref(), approval.date.as_deref())
    }

    pub fn approved(&self, status: ApprovalStatus, decision: Option<&str>, date: Option<&str>) -> String {
        match status {
            ApprovalStatus::Sample => self.say("approval-sample"),
            ApprovalStatus::Submitted => self.say("approval-submitted"),
            ApprovalStatus::Approved => {
                let decision = decision.unwrap_or_default().to_owned();
                let date = date.map_or_else(String::new, |date| self.day(date));
                self.say_with("approval-approved", &[("decision", decision), ("date", date)])
            }
        }
    }

    /// A day of a pack, `2026-11-10`, as the language writes it; anything else as it is.
    pub fn day(&self, told: &str) -> String {
        let Ok(day) = told.parse() else { return told.to_owned() };
        let Said { vi, en } = written(day);
        if self.current.0 == "en" { en } else { vi }
    }

    pub fn say_with(&self, key: &str, values: &[(&str, String)]) -> String {
        let bundle = self.bundles.get(self.current.0.as_str()).or_else(|| self.bundles.get("vi"));
        let Some((bundle, pattern)) = bundle.and_then(|b| Some((b, b.get_message(key)?.value()?))) else {
            warn_once!("no words for {key}");
            return String::new();
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, value.clone());
        }
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned()
    }

    /// What a language calls itself.
    pub fn name_of(language: &Language) -> String {
        match language.0.as_str() {
            "vi" => "Tiếng Việt".to_owned(),
            "en" => "English".to_owned(),
            "fr" => "Français".to_owned(),
            tag => tag.to_owned(),
        }
    }

    /// A number as the language writes it: 12,5 or 12.5, with at most one decimal.
    pub fn number(&self, value: f64) -> String {
        let rounded = (value * 10.0).round() / 10.0;
        let plain = if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded:.1}") };
        if self.current.0 == "vi" { plain.replace('.', ",") } else { plain }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Words>();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(text: &str) -> BTreeSet<&str> {
        text.lines().filter_map(|l| l.split_once(" = ")).map(|(key, _)| key).collect()
    }

    #[test]
    fn every_word_is_there_in_every_language() {
        let first = keys(TEXTS[0].1);
        assert!(first.len() > 40);
        for (tag, text) in TEXTS {
            assert_eq!(keys(text), first, "{tag}");
        }
    }

    #[test]
    fn words_change_with_the_language_and_only_to_offered_ones() {
        let mut words = Words::default();
        words.offer(vec![Language("vi".into()), Language("en".into())]);
        assert_eq!(words.say("home"), "Trang đầu");
        words.speak(Language("en".into()));
        words.speak(Language("xx".into()));
        assert_eq!(words.say("home"), "Home");
        words.offer_anew(vec![Language("fr".into()), Language("en".into())]);
        assert_eq!(words.language().0, "en");
        words.offer_anew(vec![Language("vi".into())]);
        assert_eq!(words.say("home"), "Trang đầu");
        words.speak_first();
        assert_eq!(words.say_with("countdown-left", &[("seconds", "7".into())]), "Còn 7 giây");
    }

    #[test]
    fn days_are_written_as_the_language_does() {
        let mut words = Words::default();
        assert_eq!(words.day("2026-11-10"), "10/11/2026");
        let approved = |words: &Words| words.approved(ApprovalStatus::Approved, Some("45/QĐ-UBND"), Some("2026-11-10"));
        assert_eq!(approved(&words), "Đã duyệt: 45/QĐ-UBND, ngày 10/11/2026");
        words.offer(vec![Language("en".into())]);
        assert!(approved(&words).contains("10 November 2026"));
        assert_eq!(words.day("late 2026"), "late 2026");
    }

    #[test]
    fn vietnamese_numbers_have_a_decimal_comma() {
        let mut words = Words::default();
        assert_eq!([words.number(12.5), words.number(110.0)], ["12,5", "110"]);
        words.offer(vec![Language("en".into())]);
        assert_eq!(words.number(12.54), "12.5");
    }
}
