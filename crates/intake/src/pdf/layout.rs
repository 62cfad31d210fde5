//! Lines and paragraphs of a page, from the operators that place its text (PDF 32000-1, section 9.4).

use lopdf::Object;

/// A gap in a line's numbers, in thousandths of the font's size, from which on it parts words.
const WORD_GAP: f32 = 180.0;
/// Times the font's size that lines of one paragraph lie apart at most, where the page does not show its own measure.
const LINE_STEP: f32 = 1.8;
/// Times the usual step of the page from which on a step parts paragraphs.
const PARAGRAPH_STEP: f32 = 1.25;

/// A line of text: how high it stands, its font's size, its words.
struct Line {
    y: f32,
    size: f32,
    words: String,
}

/// Where the next text goes, and what was written so far.
#[derive(Default)]
pub(super) struct Layout {
    lines: Vec<Line>,
    /// Scale, and place of the line's start, of the text matrix.
    scale: f32,
    x: f32,
    y: f32,
    size: f32,
    leading: f32,
    /// The place has moved along the line since the last text.
    moved: bool,
}

impl Layout {
    /// Carries out one operator.
    pub(super) fn take(&mut self, operator: &str, operands: &[Object], decode: &dyn Fn(&[u8]) -> String) {
        let number = |i: usize| operands.get(i).and_then(|o| o.as_float().ok()).unwrap_or_default();
        match operator {
            "BT" => (self.scale, self.x, self.y, self.moved) = (1.0, 0.0, 0.0, true),
            "Tf" => self.size = number(1),
            "TL" => self.leading = number(0),
            "Tm" => (self.scale, self.x, self.y, self.moved) = (number(3).abs().max(0.001), number(4), number(5), true),
            "Td" => self.step(number(0), number(1)),
            "TD" => {
                self.leading = -number(1);
                self.step(number(0), number(1));
            }
            "T*" => self.step(0.0, -self.leading),
            "'" | "\"" => {
                self.step(0.0, -self.leading);
                self.show(operands, decode);
            }
            "Tj" | "TJ" => self.show(operands, decode),
            _ => {}
        }
    }

    fn step(&mut self, x: f32, y: f32) {
        self.x += x * self.scale;
        self.y += y * self.scale;
        self.moved = true;
    }

    fn show(&mut self, operands: &[Object], decode: &dyn Fn(&[u8]) -> String) {
        let mut words = String::new();
        for operand in operands {
            match operand {
                Object::Array(items) => items.iter().for_each(|item| piece(item, &mut words, decode)),
                other => piece(other, &mut words, decode),
            }
        }
        let size = (self.size * self.scale).abs();
        let same = |line: &&mut Line| (line.y - self.y).abs() < size.max(line.size) * 0.5;
        match self.lines.last_mut().filter(same) {
            Some(line) => {
                if self.moved && !line.words.ends_with(' ') && !words.starts_with([' ', ',', '.', ';', ')']) {
                    line.words.push(' ');
                }
                line.words.push_str(&words);
            }
            None if words.trim().is_empty() => {}
            None => self.lines.push(Line { y: self.y, size, words }),
        }
        self.moved = false;
    }

    /// The page's text: lines joined, a blank line between paragraphs.
    pub(super) fn text(&self) -> String {
        let usual = self.usual_step();
        let mut text = String::new();
        let mut before: Option<&Line> = None;
        for line in &self.lines {
            let words = line.words.split_whitespace().collect::<Vec<_>>().join(" ");
            if words.is_empty() {
                continue;
            }
            match before {
                None => {}
                Some(last) if is_new_paragraph(last, line, usual) => text.push_str("\n\n"),
                Some(_) if is_broken_word(&text, &words) => {
                    text.pop();
                }
                Some(_) => text.push(' '),
            }
            text.push_str(&words);
            before = Some(line);
        }
        text
    }

    /// The step from line to line that the page has most, by its median.
    fn usual_step(&self) -> Option<f32> {
        let step = |pair: &[Line]| pair.first().zip(pair.get(1)).map(|(a, b)| (a.y - b.y, a.size));
        let near = |(step, size): &(f32, f32)| *step > 0.0 && *step < size * LINE_STEP * 2.0;
        let mut steps: Vec<f32> = self.lines.windows(2).filter_map(step).filter(near).map(|(s, _)| s).collect();
        steps.sort_by(f32::total_cmp);
        steps.get(steps.len().saturating_sub(1) / 2).copied().filter(|_| steps.len() >= 4)
    }
}

fn is_new_paragraph(last: &Line, line: &Line, usual: Option<f32>) -> bool {
    let step = last.y - line.y;
    let most = usual.map_or(last.size.max(line.size) * LINE_STEP, |u| u * PARAGRAPH_STEP);
    step < 0.0 || step > most || (last.size - line.size).abs() > last.size.max(line.size) * 0.15
}

fn is_broken_word(text: &str, next: &str) -> bool {
    let letter = text.chars().rev().nth(1).is_some_and(char::is_lowercase);
    text.ends_with('-') && letter && next.starts_with(char::is_lowercase)
}

fn piece(item: &Object, words: &mut String, decode: &dyn Fn(&[u8]) -> String) {
    match item {
        Object::String(bytes, _) => words.push_str(&decode(bytes)),
        other => {
            let gap = other.as_float().is_ok_and(|n| n < -WORD_GAP);
            if gap && !words.ends_with(' ') {
                words.push(' ');
            }
        }
    }
}
