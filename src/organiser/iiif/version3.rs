//! IIIF Presentation 3.

use super::annotations;
use super::manifest::{Canvas, Image, MAX_CANVASES, Manifest, Pair, Reading, in_order_of};
use super::node::Node;

const MANIFEST: [&str; 13] = [
    "@context",
    "id",
    "type",
    "label",
    "summary",
    "metadata",
    "rights",
    "requiredStatement",
    "provider",
    "homepage",
    "items",
    "structures",
    "annotations",
];
const CANVAS: [&str; 10] =
    ["@context", "id", "type", "label", "summary", "width", "height", "items", "annotations", "metadata"];

pub fn manifest(root: &Node<'_>, reading: &mut Reading<'_>) -> Manifest {
    reading.other_keys(root, &MANIFEST);
    let pair =
        |node: Node<'_>| Pair { label: node.get("label").words(), value: node.get("value").words(), path: node.path };
    let mut manifest = Manifest {
        id: root.id().unwrap_or_default().to_owned(),
        label: root.get("label").words(),
        summary: root.get("summary").words(),
        metadata: root.get("metadata").each().into_iter().map(pair).collect(),
        rights: root.get("rights").text().map(|text| (text.to_owned(), "rights".to_owned())),
        credit: root.get("requiredStatement").get("value").words(),
        ..Manifest::default()
    };
    let providers = root.get("provider").each();
    if let Some(provider) = providers.first() {
        manifest.provider = provider.get("label").words();
        reading.other_keys(provider, &["id", "type", "label"]);
    }
    providers.iter().skip(1).for_each(|other| reading.unsupported(&other.path, "provider"));
    let homepages = root.get("homepage").each();
    manifest.homepage = homepages.first().and_then(Node::id).map(str::to_owned);
    homepages.iter().skip(1).for_each(|other| reading.unsupported(&other.path, "homepage"));
    for canvas in root.get("items").each() {
        if canvas.kind() != "Canvas" || manifest.canvases.len() >= MAX_CANVASES {
            reading.unsupported(&canvas.path, canvas.kind());
            continue;
        }
        manifest.canvases.push(self::canvas(&canvas, reading));
    }
    for page in root.get("annotations").each() {
        annotations::of_manifest(&page, &mut manifest.canvases, reading);
    }
    let mut order = Vec::new();
    root.get("structures").each().iter().for_each(|range| walk(range, &mut order, reading));
    manifest.canvases = in_order_of(manifest.canvases, &order);
    manifest
}

fn canvas(node: &Node<'_>, reading: &mut Reading<'_>) -> Canvas {
    reading.other_keys(node, &CANVAS);
    if node.get("metadata").is_there() {
        reading.unsupported(&node.get("metadata").path, "canvas metadata");
    }
    let mut canvas = Canvas {
        id: node.id().unwrap_or_default().to_owned(),
        path: node.path.clone(),
        label: node.get("label").words(),
        summary: node.get("summary").words(),
        width: node.get("width").value.as_f64().unwrap_or_default(),
        height: node.get("height").value.as_f64().unwrap_or_default(),
        ..Canvas::default()
    };
    for annotation in node.get("items").each().iter().flat_map(|page| page.get("items").each()) {
        painted(&annotation, &mut canvas, reading);
    }
    for page in node.get("annotations").each() {
        annotations::of_canvas(&page, &mut canvas, reading);
    }
    canvas
}

/// A picture that fills the canvas; anything else on a canvas is told.
fn painted(annotation: &Node<'_>, canvas: &mut Canvas, reading: &mut Reading<'_>) {
    let target = annotation.get("target");
    if target.id().is_some_and(|id| id.contains("#xywh=")) || target.get("selector").is_there() {
        reading.unsupported(&target.path, "a picture on a part of a canvas");
        return;
    }
    let body = annotation.get("body");
    let body = if body.kind() == "Choice" {
        let choices = body.get("items").each();
        choices.iter().skip(1).for_each(|other| reading.unsupported(&other.path, "another choice"));
        choices.into_iter().next().unwrap_or(body)
    } else {
        body
    };
    // What leads to a part of a picture, or to one that is turned, is another picture than its file.
    if body.kind() == "SpecificResource" && body.get("selector").is_there() {
        reading.unsupported(&body.path, "a part or a turn of a picture; only whole ones are taken");
        return;
    }
    match (body.kind(), body.id()) {
        ("Image", Some(id)) => {
            let services = body.get("service").each();
            let service = services.iter().find_map(|service| service.id()).map(str::to_owned);
            canvas.images.push(Image { path: body.path.clone(), id: id.to_owned(), service });
        }
        (kind, _) => reading.unsupported(&body.path, if kind.is_empty() { "body" } else { kind }),
    }
}

/// Canvases of a range in its order, depth first.
fn walk(range: &Node<'_>, order: &mut Vec<String>, reading: &mut Reading<'_>) {
    for item in range.get("items").each() {
        match item.kind() {
            "Range" if item.get("items").is_there() => walk(&item, order, reading),
            "Canvas" => {
                let id = item.id().unwrap_or_default();
                let bare = id.split('#').next().unwrap_or_default();
                if bare.len() < id.len() {
                    reading.unsupported(&item.path, "a part of a canvas in a range");
                }
                order.push(bare.to_owned());
            }
            kind => reading.unsupported(&item.path, kind),
        }
    }
    if range.get("label").is_there() {
        reading.unsupported(&range.get("label").path, "the name of a range; its order is kept");
    }
}
