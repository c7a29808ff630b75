//! The head and the foot of the letter: bodies and number at the left, nation, motto, place and date at the right;
//! kind and subject in the middle; recipients at the left, signature at the right.

use docx_rs::{Docx, Paragraph};

use super::TEXT_WIDTH;
use super::paragraphs::{Align, Look, PLAIN, columns, empty, line, rule};
use crate::department::report::fonts::width;
use crate::department::report::story::Story;

const LEFT: usize = 3742;
const RIGHT: usize = TEXT_WIDTH - LEFT;
const FOOT: [usize; 2] = [4400, TEXT_WIDTH - 4400];
const CENTRE: Look = Look { align: Align::Centre, ..PLAIN };
const SMALL: Look = Look { size: 24, ..CENTRE };

fn twentieths(points: f32) -> i32 {
    (points * 20.0).round() as i32
}

pub fn put(docx: Docx, story: &Story) -> Docx {
    let mut docx = docx.add_table(columns(bodies(story), nation(story), [LEFT, RIGHT]));
    // Number and date stand in one row, however many lines the names above take.
    let number = vec![line(&story.head.number, Look { before: 60, ..CENTRE })];
    let date = vec![line(&story.head.place_and_date, Look { italic: true, before: 60, ..CENTRE })];
    docx = docx.add_table(columns(number, date, [LEFT, RIGHT]));
    docx = docx.add_paragraph(line(story.kind, Look { size: 28, bold: true, before: 360, keep: true, ..CENTRE }));
    for text in &story.subject_lines {
        docx = docx.add_paragraph(line(text, Look { bold: true, keep: true, ..CENTRE }));
    }
    docx = docx.add_paragraph(rule(TEXT_WIDTH as i32, TEXT_WIDTH as i32 * 2 / 9));
    if !story.addressee.is_empty() {
        let text = format!("{}{}", story.language.pick("Kính gửi: ", "To: "), story.addressee);
        docx = docx.add_paragraph(line(&text, Look { before: 200, ..CENTRE }));
    }
    docx.add_paragraph(empty(Look { size: 12, ..PLAIN }))
}

/// The bodies, with a rule of two fifths of the last line under them.
fn bodies(story: &Story) -> Vec<Paragraph> {
    let head = &story.head;
    let mut lines: Vec<Paragraph> = head.superior.iter().map(|text| line(text, SMALL)).collect();
    lines.extend(head.issuer.iter().map(|text| line(text, Look { bold: true, ..SMALL })));
    let last = head.issuer.last().map_or(0.0, |text| width(text, true, 12.0));
    lines.push(rule(LEFT as i32, twentieths(last) * 2 / 5));
    lines
}

fn nation(story: &Story) -> Vec<Paragraph> {
    let head = &story.head;
    vec![
        line(head.nation, Look { bold: true, ..SMALL }),
        line(head.motto, Look { bold: true, ..CENTRE }),
        rule(RIGHT as i32, twentieths(width(head.motto, true, 13.0))),
    ]
}

pub fn close(docx: Docx, story: &Story) -> Docx {
    let close = &story.close;
    let mut left = vec![line(close.recipients_label, Look { size: 24, bold: true, italic: true, ..PLAIN })];
    left.extend(close.recipients.iter().map(|text| line(text, Look { size: 22, ..PLAIN })));
    let mut right = vec![
        line(&close.signer_title, Look { bold: true, keep: true, ..CENTRE }),
        line(close.sign_here, Look { italic: true, size: 22, keep: true, ..CENTRE }),
    ];
    // Room for signature and seal.
    right.extend((0..4).map(|_| empty(CENTRE)));
    // The last words of the letter go with the signature.
    docx.add_paragraph(empty(Look { keep: true, ..PLAIN })).add_table(columns(left, right, FOOT))
}
