//! IIIF Presentation 2.

use super::annotations;
use super::manifest::{Canvas, Image, MAX_CANVASES, Manifest, Pair, Reading, in_order_of};
use super::node::Node;

const MANIFEST: [&str; 12] = [
    "@context",
    "@id",
    "@type",
    "label",
    "description",
    "metadata",
    "license",
    "attribution",
    "within",
    "sequences",
    "structures",
    "related",
];
const CANVAS: [&str; 9] =
    ["@context", "@id", "@type", "label", "description", "width", "height", "images", "otherContent"];

pub fn manifest(root: &Node<'_>, reading: &mut Reading<'_>) -> Manifest {
    reading.other_keys(root, &MANIFEST);
    let pair =
        |node: Node<'_>| Pair { label: node.get("label").words(), value: node.get("value").words(), path: node.path };
    let mut manifest = Manifest {
        id: root.id().unwrap_or_default().to_owned(),
        label: root.get("label").words(),
        summary: root.get("description").words(),
        metadata: root.get("metadata").each().into_iter().map(pair).collect(),
        rights: root.get("license").each().first().and_then(|l| Some((l.text()?.to_owned(), l.path.clone()))),
        credit: root.get("attribution").words(),
        homepage: root.get("related").each().first().and_then(Node::id).map(str::to_owned),
        ..Manifest::default()
    };
    for key in ["related", "license"] {
        root.get(key).each().iter().skip(1).for_each(|other| reading.unsupported(&other.path, key));
    }
    if root.get("within").is_there() {
        reading.unsupported("within", "within");
    }
    let sequences = root.get("sequences").each();
    sequences.iter().skip(1).for_each(|other| reading.unsupported(&other.path, "a second sequence"));
    for canvas in sequences.first().map(|sequence| sequence.get("canvases").each()).unwrap_or_default() {
        if manifest.canvases.len() >= MAX_CANVASES {
            reading.unsupported(&canvas.path, "Canvas");
            continue;
        }
        manifest.canvases.push(self::canvas(&canvas, reading));
    }
    let order = order(&root.get("structures"), reading);
    manifest.canvases = in_order_of(manifest.canvases, &order);
    manifest
}

fn canvas(node: &Node<'_>, reading: &mut Reading<'_>) -> Canvas {
    reading.other_keys(node, &CANVAS);
    let mut canvas = Canvas {
        id: node.id().unwrap_or_default().to_owned(),
        path: node.path.clone(),
        label: node.get("label").words(),
        summary: node.get("description").words(),
        width: node.get("width").value.as_f64().unwrap_or_default(),
        height: node.get("height").value.as_f64().unwrap_or_default(),
        ..Canvas::default()
    };
    for image in node.get("images").each() {
        let resource = image.get("resource");
        let on = image.get("on").id().unwrap_or_default().to_owned();
        let resource = if resource.kind() == "Choice" {
            resource.get("item").each().iter().for_each(|other| reading.unsupported(&other.path, "another choice"));
            resource.get("default")
        } else {
            resource
        };
        if on.contains("#xywh=") {
            reading.unsupported(&image.get("on").path, "a picture on a part of a canvas");
        } else if let (kind, Some(id)) = (resource.kind(), resource.id())
            && (kind == "Image" || kind.is_empty())
        {
            let services = resource.get("service").each();
            let service = services.iter().find_map(|service| service.id()).map(str::to_owned);
            canvas.images.push(Image { path: resource.path.clone(), id: id.to_owned(), service });
        } else {
            reading.unsupported(&resource.path, resource.kind());
        }
    }
    for list in node.get("otherContent").each() {
        annotations::of_canvas(&list, &mut canvas, reading);
    }
    canvas
}

/// Canvases in the order of the ranges; a range may name its canvases, its members, or other ranges by id.
fn order(structures: &Node<'_>, reading: &mut Reading<'_>) -> Vec<String> {
    let mut order: Vec<String> = Vec::new();
    for range in structures.each() {
        let members = range.get("members").each();
        let members = members.iter().filter(|member| member.kind() == "Canvas");
        for named in range.get("canvases").each().iter().chain(members) {
            let id = named.id().unwrap_or_default();
            let bare = id.split('#').next().unwrap_or_default();
            if bare.len() < id.len() {
                reading.unsupported(&named.path, "a part of a canvas in a range");
            }
            order.push(bare.to_owned());
        }
        if range.get("label").is_there() {
            reading.unsupported(&range.get("label").path, "the name of a range; its order is kept");
        }
    }
    order
}
