//! Annotations of both versions: words for parts of a canvas, and control points. What they become is told elsewhere.

use super::manifest::{Canvas, MAX_NOTES, Note, Reading};
use super::node::{Node, plain_words};
use std::collections::HashMap;

/// Annotations of a manifest as a whole, each for the canvas that it names.
pub fn of_manifest(page: &Node<'_>, canvases: &mut [Canvas], reading: &mut Reading<'_>) {
    let mut places = HashMap::new();
    for (place, canvas) in canvases.iter().enumerate() {
        places.entry(canvas.id.clone()).or_insert(place);
    }
    for annotation in page.get("items").each() {
        let target = annotation.get("target");
        let source = target.get("source");
        let id = source.id().or_else(|| target.id()).unwrap_or_default();
        let bare = id.split('#').next().unwrap_or_default();
        match places.get(bare).and_then(|place| canvases.get_mut(*place)) {
            Some(canvas) => one(&annotation, canvas, reading),
            None => reading.unsupported(&annotation.path, "an annotation of no canvas here"),
        }
    }
    if !page.get("items").is_there() {
        reading.unsupported(&page.path, "an annotation page elsewhere");
    }
}

/// A page (version 3) or list (version 2) of annotations, or the address of one that lies beside the manifest.
pub fn of_canvas(page: &Node<'_>, canvas: &mut Canvas, reading: &mut Reading<'_>) {
    let inner = page.first_of(&["items", "resources"]);
    if inner.is_there() {
        inner.each().iter().for_each(|annotation| one(annotation, canvas, reading));
        return;
    }
    let address = page.id().unwrap_or_default().to_owned();
    match reading.local_json(&address) {
        Some(value) => {
            let name = super::manifest::last_part(&address).unwrap_or_default();
            let outer = Node { value: &value, path: format!("{}→{name}", page.path) };
            let inner = outer.first_of(&["items", "resources"]);
            inner.each().iter().for_each(|annotation| one(annotation, canvas, reading));
        }
        None => {
            reading.unsupported_text(&page.path, "annotations that are not beside the manifest", &address);
        }
    }
}

fn one(annotation: &Node<'_>, canvas: &mut Canvas, reading: &mut Reading<'_>) {
    let motivations = annotation.get("motivation").each();
    let motivation = motivations.iter().filter_map(Node::text).map(|m| m.rsplit(':').next().unwrap_or(m));
    let motivation = motivation.collect::<Vec<_>>().join("+");
    if motivation == "georeferencing" {
        if canvas.georeference.is_some() {
            reading.unsupported(&annotation.path, "a second Georeference Annotation");
        } else {
            canvas.georeference = Some((annotation.path.clone(), annotation.value.clone()));
        }
        return;
    }
    let Some(region) = region(annotation, reading) else { return };
    let bodies = annotation.first_of(&["body", "resource"]).each();
    if bodies.is_empty() {
        reading.unsupported(&annotation.path, "an annotation without words");
    }
    for body in bodies {
        if canvas.notes.len() >= MAX_NOTES {
            reading.unsupported(&body.path, "more annotations than a page has room for");
            return;
        }
        let text = body.first_of(&["value", "chars"]).text().and_then(plain_words);
        let Some(text) = text else {
            let kind = if body.kind().is_empty() { "an annotation without words" } else { body.kind() };
            reading.unsupported(&body.path, kind);
            continue;
        };
        // Version 3 may tell the motivation of a single body.
        let purpose = body.get("purpose").text().unwrap_or(&motivation).to_owned();
        let language = body.get("language").each().first().and_then(Node::text).map(str::to_owned);
        let label = annotation.get("label").words();
        canvas.notes.push(Note { path: body.path.clone(), motivation: purpose, language, label, text, region });
    }
}

/// The part of a canvas that an annotation is about: none within when it is the whole, none at all when it is not
/// understood.
fn region(annotation: &Node<'_>, reading: &mut Reading<'_>) -> Option<Option<[f64; 4]>> {
    let target = annotation.first_of(&["target", "on"]);
    let targets = target.each();
    targets.iter().skip(1).for_each(|other| reading.unsupported(&other.path, "a second target"));
    let target = targets.into_iter().next().unwrap_or(target);
    let selector = target.get("selector");
    let selector = if selector.get("default").is_there() { selector.get("default") } else { selector };
    let selector = selector.each().into_iter().next().unwrap_or(selector);
    if selector.is_there() {
        let found = match selector.kind() {
            "PointSelector" => {
                let number = |key: &str| selector.get(key).value.as_f64();
                number("x").zip(number("y")).map(|(x, y)| [x, y, 0.0, 0.0])
            }
            _ => selector.get("value").text().and_then(|text| xywh(text.strip_prefix("xywh=")?)),
        };
        if found.is_none() {
            let kind = if selector.kind().is_empty() { "selector" } else { selector.kind() };
            reading.unsupported(&selector.path, kind);
        }
        return found.map(Some);
    }
    let source = target.first_of(&["source", "full"]);
    let id = target.id().or_else(|| source.id()).unwrap_or_default();
    let Some((_, fragment)) = id.split_once('#') else { return Some(None) };
    let found = fragment.strip_prefix("xywh=").and_then(xywh);
    if found.is_none() {
        reading.unsupported(&target.path, fragment);
    }
    found.map(Some)
}

fn xywh(text: &str) -> Option<[f64; 4]> {
    let text = text.strip_prefix("pixel:").unwrap_or(text);
    let numbers: Vec<f64> = text.split(',').map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
    let numbers: [f64; 4] = numbers.try_into().ok()?;
    numbers.iter().all(|n| n.is_finite() && *n >= 0.0).then_some(numbers)
}
