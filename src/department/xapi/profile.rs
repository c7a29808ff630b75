//! The profile as a machine reads it (JSON-LD, "xAPI Profiles" 1.0), made from the same lists as the statements, so that
//! paper and practice cannot part.

use super::names::{ActivityType, Base, Extension, Verb};
use serde_json::{Value, json};

/// The day from which version 1 holds.
const SINCE: &str = "2026-11-21T00:00:00Z";

/// What a template says of a kind of record: its verb, the type of its object, and extensions that must be there.
struct Template {
    kind: &'static str,
    verb: Verb,
    object: ActivityType,
    has_duration: bool,
    result: Option<Extension>,
}

const TEMPLATES: [Template; 20] = {
    use ActivityType as A;
    use Extension as E;
    use Verb as V;
    const fn of(kind: &'static str, verb: V, object: A) -> Template {
        Template { kind, verb, object, has_duration: false, result: None }
    }
    const fn lasting(kind: &'static str, verb: V, object: A) -> Template {
        Template { has_duration: true, ..of(kind, verb, object) }
    }
    const fn with(kind: &'static str, verb: V, object: A, result: E) -> Template {
        Template { result: Some(result), ..of(kind, verb, object) }
    }
    [
        of("kiosk-started", V::Initialized, A::Kiosk),
        of("exhibit-opened", V::Opened, A::Exhibit),
        of("visit-started", V::Initialized, A::Exhibit),
        Template { has_duration: true, ..with("visit-ended", V::Terminated, A::Exhibit, E::Ending) },
        of("screen-opened", V::Opened, A::Screen),
        lasting("screen-left", V::Experienced, A::Screen),
        of("item-opened", V::Opened, A::Item),
        lasting("item-left", V::Experienced, A::Item),
        with("zoom-reached", V::Interacted, A::Item, E::Zoom),
        of("hotspot-opened", V::Opened, A::Point),
        with("map-compared", V::Interacted, A::Item, E::Comparison),
        with("page-turned", V::Interacted, A::Item, E::Page),
        with("line-touched", V::Interacted, A::Item, E::Line),
        of("narration-started", V::Played, A::Narration),
        of("narration-finished", V::Completed, A::Narration),
        lasting("narration-stopped", V::Suspended, A::Narration),
        of("language-chosen", V::Preferred, A::Language),
        of("source-opened", V::Opened, A::Source),
        of("trouble", V::Reported, A::Trouble),
        with("lost", V::Reported, A::Kiosk, E::Lost),
    ]
};

/// The profile of an office whose IRIs lie below this address.
pub fn profile(base: &Base) -> Value {
    let mut concepts = Vec::new();
    concepts.extend(Verb::ALL.into_iter().filter(|verb| verb.public().is_none()).map(|verb| own_verb(base, verb)));
    concepts
        .extend(ActivityType::ALL.into_iter().filter(|kind| kind.public().is_none()).map(|kind| own_type(base, kind)));
    concepts.extend(Extension::ALL.map(|extension| own_extension(base, extension)));
    json!({
        "id": base.profile(),
        "@context": "https://w3id.org/xapi/profiles/context",
        "type": "Profile",
        "conformsTo": "https://w3id.org/xapi/profiles#1.0",
        "prefLabel": { "en": "Hải Đăng exhibition kiosk", "vi": "Kiosk trưng bày Hải Đăng" },
        "definition": {
            "en": "What happens at an exhibition kiosk, without anything that could name a visitor.",
            "vi": "Những gì diễn ra ở một kiosk trưng bày, không có gì nêu được tên người xem.",
        },
        "author": { "type": "Organization", "name": "Hải Đăng", "url": base.as_str() },
        "versions": [{ "id": base.profile_version(), "generatedAtTime": SINCE }],
        "concepts": concepts,
        "templates": TEMPLATES.iter().map(|template| statement_template(base, template)).collect::<Vec<_>>(),
        "patterns": [],
    })
}

fn words((en, vi): (&str, &str)) -> Value {
    json!({ "en": en, "vi": vi })
}

fn own_verb(base: &Base, verb: Verb) -> Value {
    json!({
        "id": base.verb(verb), "type": "Verb", "inScheme": base.profile_version(), "prefLabel": words(verb.words()),
        "definition": {
            "en": "The kiosk tells of a trouble of its own, or of records that it could not keep.",
            "vi": "Kiosk báo một trục trặc của nó, hoặc những bản ghi không giữ được.",
        },
    })
}

fn own_type(base: &Base, kind: ActivityType) -> Value {
    json!({
        "id": base.activity_type(kind), "type": "ActivityType", "inScheme": base.profile_version(),
        "prefLabel": { "en": kind.word() }, "definition": words(kind.definition()),
    })
}

fn own_extension(base: &Base, extension: Extension) -> Value {
    let kind = if extension.is_of_context() { "ContextExtension" } else { "ResultExtension" };
    json!({
        "id": base.extension(extension), "type": kind, "inScheme": base.profile_version(),
        "prefLabel": { "en": extension.word() }, "definition": words(extension.definition()),
        "inlineSchema": extension.schema(),
    })
}

fn statement_template(base: &Base, template: &Template) -> Value {
    let included = |location: String| json!({ "location": location, "presence": "included" });
    let own = |part: &str, extension| included(format!("$.{part}.extensions['{}']", base.extension(extension)));
    let category = json!({
        "location": "$.context.contextActivities.category[*].id", "presence": "included",
        "any": [base.profile_version()],
    });
    let mut rules = vec![category, own("context", Extension::Sequence)];
    rules.extend(template.has_duration.then(|| included("$.result.duration".to_owned())));
    rules.extend(template.result.map(|extension| own("result", extension)));
    json!({
        "id": base.template(template.kind), "type": "StatementTemplate", "inScheme": base.profile_version(),
        "prefLabel": { "en": template.kind },
        "definition": { "en": format!("A record of the kind {} in a kiosk's journal.", template.kind) },
        "verb": base.verb(template.verb), "objectActivityType": base.activity_type(template.object), "rules": rules,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::department::xapi::{Entry, Translator};
    use crate::visits::event::KINDS;
    use crate::visits::record::Record;

    fn base() -> Base {
        Base::new("https://visits.example").expect("base")
    }

    #[test]
    fn the_printed_profile_is_this_one() {
        let printed = include_str!("../../../docs/xapi-profile.jsonld");
        assert_eq!(printed, format!("{:#}\n", profile(&base())), "write it anew with `export --xapi --profile`");
    }

    /// A record of a kind, with what its template asks for.
    fn record(kind: &str) -> Record {
        let (subject, detail) = match kind {
            "kiosk-started" => ("", "0.1.0"),
            "visit-started" | "lost" => ("", ""),
            "visit-ended" => ("", "idle"),
            "map-compared" => ("a", "beside"),
            "hotspot-opened" => ("a", "b"),
            "language-chosen" => ("", "vi"),
            kind if kind.starts_with("narration") => ("a", "vi"),
            _ => ("a", ""),
        };
        let (subject, detail) = (subject.to_owned(), detail.to_owned());
        let (boot, kind) = ("0".repeat(32), kind.to_owned());
        Record {
            sequence: 1,
            boot,
            monotonic_millis: 0,
            wall_millis: 0,
            visit: String::new(),
            kind,
            subject,
            detail,
            amount: 1,
        }
    }

    #[test]
    fn every_statement_follows_the_template_of_its_kind() {
        assert!(TEMPLATES.iter().map(|template| template.kind).eq(KINDS), "each kind once, in order");
        let profile = profile(&base());
        for (at, kind) in KINDS.iter().enumerate() {
            let template = &profile["templates"][at];
            let Entry { statement, .. } = Translator::new(base(), "k").entry(&record(kind), &[0; 32]);
            let statement = statement.expect("translated");
            assert_eq!(statement["verb"]["id"], template["verb"], "{kind}");
            assert_eq!(statement["object"]["definition"]["type"], template["objectActivityType"], "{kind}");
            let category = &statement["context"]["contextActivities"]["category"][0]["id"];
            assert_eq!(*category, profile["versions"][0]["id"]);
            let sequence = base().extension(Extension::Sequence);
            assert!(statement["context"]["extensions"][&sequence].is_i64(), "{kind}");
            assert_eq!(statement["result"]["duration"].is_string(), TEMPLATES[at].has_duration, "{kind}");
            let told = statement["result"]["extensions"].as_object().map_or(0, serde_json::Map::len);
            assert_eq!(told, usize::from(TEMPLATES[at].result.is_some()), "{kind}");
            if let Some(extension) = TEMPLATES[at].result {
                assert!(!statement["result"]["extensions"][&base().extension(extension)].is_null(), "{kind}");
            }
        }
    }

    #[test]
    fn every_schema_in_it_is_json() {
        for extension in Extension::ALL {
            assert!(serde_json::from_str::<Value>(extension.schema()).is_ok(), "{extension:?}");
        }
    }
}
