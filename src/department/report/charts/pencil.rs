//! Draws the shapes of a chart. Coordinates in units of which the width of a page holds [`WIDTH`].

use std::fmt::Write;

use super::{Chart, colour};

pub const WIDTH: f64 = 640.0;

/// Where a text hangs.
#[derive(Clone, Copy)]
pub enum Hang {
    Left,
    Middle,
    Right,
}

/// A text to be drawn.
pub struct Label<'a> {
    pub x: f64,
    /// Of the line the letters stand on.
    pub y: f64,
    pub text: &'a str,
    pub class: &'static str,
    pub size: f64,
    pub bold: bool,
    pub hang: Hang,
}

#[derive(Default)]
pub struct Pencil {
    shapes: String,
}

impl Pencil {
    pub fn bar(&mut self, x: f64, y: f64, width: f64, height: f64, class: &str) {
        let fill = colour(class);
        self.shape(format_args!(
            r#"<rect class="{class}" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="{fill}"/>"#
        ));
    }

    pub fn tile(&mut self, x: f64, y: f64, width: f64, height: f64, class: &str) {
        let fill = colour(class);
        self.shape(format_args!(
            r#"<rect class="{class}" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="2.5" fill="{fill}"/>"#
        ));
    }

    /// The place of a hidden count.
    pub fn hidden(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let stroke = colour("hidden");
        let (x, y, width, height) = (x + 0.6, y + 0.6, width - 1.2, height - 1.2);
        self.shape(format_args!(
            r#"<rect class="hidden" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="2" fill="none" stroke="{stroke}" stroke-width="1" stroke-dasharray="3 2"/>"#
        ));
    }

    pub fn ring(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let stroke = colour("ring");
        self.shape(format_args!(
            r#"<rect class="ring" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="3.5" fill="none" stroke="{stroke}" stroke-width="2"/>"#
        ));
    }

    /// A thin line to read heights by.
    pub fn rule(&mut self, y: f64) {
        let stroke = colour("rule");
        self.shape(format_args!(
            r#"<line class="rule" x1="0" y1="{y:.1}" x2="{WIDTH}" y2="{y:.1}" stroke="{stroke}" stroke-width="0.6"/>"#
        ));
    }

    pub fn axis(&mut self, from: (f64, f64), to: (f64, f64)) {
        let stroke = colour("axis");
        self.shape(format_args!(
            r#"<line class="axis" x1="{:.1}" y1="{:.1}" x2="{:.1}" y2="{:.1}" stroke="{stroke}" stroke-width="1.2"/>"#,
            from.0, from.1, to.0, to.1
        ));
    }

    pub fn label(&mut self, label: &Label) {
        let anchor = match label.hang {
            Hang::Left => "start",
            Hang::Middle => "middle",
            Hang::Right => "end",
        };
        let (fill, weight) = (colour(label.class), if label.bold { 600 } else { 400 });
        let Label { x, y, size, class, .. } = label;
        let text = escaped(label.text);
        self.shape(format_args!(
            r#"<text class="{class}" x="{x:.1}" y="{y:.1}" font-family="Be Vietnam Pro, Noto Serif CJK TC" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" fill="{fill}">{text}</text>"#
        ));
    }

    fn shape(&mut self, shape: std::fmt::Arguments) {
        // Writing to a string cannot fail.
        let _ = self.shapes.write_fmt(shape);
    }

    /// The finished drawing.
    pub fn lay_down(self, id: &'static str, title: String, told: String, height: f64) -> Chart {
        let name = escaped(&format!("{title}. {told}"));
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" aria-label="{name}">{}</svg>"#,
            self.shapes
        );
        Chart { id, title, svg, told, width: WIDTH as u32, height: height as u32 }
    }
}

/// Text inside XML; signs that XML cannot hold are left out.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}

/// Lines of at most `letters` letters, broken between words; more than two lines end with an ellipsis.
pub fn two_lines(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.len() - 1;
        let held = lines[line].chars().count();
        if held > 0 && held + 1 + word.chars().count() > letters {
            lines.push(word.to_owned());
        } else {
            if held > 0 {
                lines[line].push(' ');
            }
            lines[line].push_str(word);
        }
    }
    let cut = lines.len() > 2;
    lines.truncate(2);
    for (place, line) in lines.iter_mut().enumerate() {
        let long = line.chars().count() > letters;
        if long || (cut && place == 1) {
            *line = line.chars().take(letters.saturating_sub(1)).collect::<String>().trim_end().to_owned() + "…";
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_titles_take_two_lines() {
        assert_eq!(two_lines("Châu bản triều Nguyễn", 30), ["Châu bản triều Nguyễn"]);
        assert_eq!(two_lines("Từ Lý Sơn ra Hoàng Sa", 12), ["Từ Lý Sơn ra", "Hoàng Sa"]);
        assert_eq!(two_lines("một hai ba bốn năm sáu", 7), ["một hai", "ba bốn…"]);
        assert_eq!(two_lines("abcdefghijkl", 5), ["abcd…"]);
    }
}
