//! Reads Rust text just far enough to list the paths it names: `use` trees opened up, paths written in
//! place, `super` and `self` resolved. Comments, strings and character literals are skipped.
//!
//! Promises: every path comes with its line and whether it stands in test code. Never expands macros and
//! never follows renamed imports; the import itself is what gets listed.

/// One path that a file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The segments; for paths of this crate from the crate root, without `crate`.
    pub segments: Vec<String>,
    /// Whether the path leads into this crate.
    pub ours: bool,
    /// Line of the path, counted from one.
    pub line: usize,
    /// Whether it stands under `#[cfg(test)]`.
    pub test: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    /// `::`
    Path,
    Sign(char),
}

/// Lists the paths named in `text`, the source of the module `module` (empty for the crate root).
pub fn named(text: &str, module: &[String]) -> Vec<Named> {
    let mut reader = Reader {
        tokens: tokens(text),
        at: 0,
        module: module.to_vec(),
        scopes: Vec::new(),
        opening: None,
        opening_test: false,
        found: Vec::new(),
    };
    reader.read();
    reader.found
}

/// A brace that is open: the module it opened, if any, and whether test code stands in it.
struct Scope {
    module: Option<String>,
    test: bool,
}

struct Reader {
    tokens: Vec<(Token, usize)>,
    at: usize,
    module: Vec<String>,
    scopes: Vec<Scope>,
    /// Name of a module whose brace comes next.
    opening: Option<String>,
    /// Whether the item that comes next is under `#[cfg(test)]`.
    opening_test: bool,
    found: Vec<Named>,
}

impl Reader {
    fn read(&mut self) {
        while let Some(token) = self.peek(0).cloned() {
            match token {
                Token::Sign('{') => {
                    let test = std::mem::take(&mut self.opening_test) || self.in_test();
                    let module = self.opening.take();
                    self.scopes.push(Scope { module, test });
                    self.at += 1;
                }
                Token::Sign('}') => {
                    self.scopes.pop();
                    self.at += 1;
                }
                Token::Sign(';') => {
                    self.opening = None;
                    self.opening_test = false;
                    self.at += 1;
                }
                Token::Sign('#') => self.attribute(),
                Token::Sign('.') => {
                    // A method or a field: its name is no path.
                    self.at += 1;
                    if matches!(self.peek(0), Some(Token::Word(_))) {
                        self.at += 1;
                    }
                }
                Token::Word(word) if word == "mod" => {
                    self.at += 1;
                    if let Some(Token::Word(name)) = self.peek(0).cloned() {
                        self.opening = Some(name);
                        self.at += 1;
                    }
                }
                Token::Word(word) if word == "use" => {
                    self.at += 1;
                    // `use<'a>` in a return type captures lifetimes and imports nothing.
                    if self.peek(0) != Some(&Token::Sign('<')) {
                        self.tree(&[]);
                    }
                }
                Token::Word(_) => self.path(),
                Token::Path | Token::Sign(_) => self.at += 1,
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead).map(|(token, _)| token)
    }

    fn line(&self) -> usize {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(0, |(_, line)| *line)
    }

    fn in_test(&self) -> bool {
        self.scopes.last().is_some_and(|scope| scope.test)
    }

    /// Notes `#[cfg(test)]` and leaves what stands in the attribute to be read like other code.
    fn attribute(&mut self) {
        self.at += 1;
        let begins = self.peek(0) == Some(&Token::Sign('[')) && self.peek(1) == Some(&Token::Word("cfg".into()));
        if !begins {
            return;
        }
        let inside: Vec<_> = self
            .tokens
            .iter()
            .skip(self.at)
            .map(|(token, _)| token)
            .take_while(|token| **token != Token::Sign(']'))
            .collect();
        let says = |word: &str| inside.iter().any(|token| matches!(token, Token::Word(found) if found == word));
        if says("test") && !says("not") {
            self.opening_test = true;
        }
    }

    /// Reads one path that is written in place.
    fn path(&mut self) {
        let line = self.line();
        let mut segments = Vec::new();
        while let Some(Token::Word(word)) = self.peek(0).cloned() {
            segments.push(word);
            self.at += 1;
            if self.peek(0) == Some(&Token::Path) && matches!(self.peek(1), Some(Token::Word(_))) {
                self.at += 1;
            } else {
                break;
            }
        }
        // `#[serde(…)]` names a crate without a path: one segment and a bracket.
        let attribute_like = segments.len() == 1 && self.peek(0) == Some(&Token::Sign('('));
        // `crate::*` and the like have no second segment but are paths.
        let glob = self.peek(0) == Some(&Token::Path);
        if segments.len() > 1 || attribute_like || glob {
            self.list(&segments, line);
        }
    }

    /// Reads a use tree that stands under `prefix`, and lists each of its leaves.
    fn tree(&mut self, prefix: &[String]) {
        let mut segments = prefix.to_vec();
        let line = self.line();
        if self.peek(0) == Some(&Token::Path) {
            self.at += 1;
        }
        loop {
            match self.peek(0).cloned() {
                Some(Token::Word(word)) if word == "as" => {
                    self.at += 2;
                    break;
                }
                // `{self}` means the prefix itself.
                Some(Token::Word(word)) if word == "self" && !segments.is_empty() => self.at += 1,
                Some(Token::Word(word)) => {
                    segments.push(word);
                    self.at += 1;
                }
                Some(Token::Sign('*')) => {
                    segments.push("*".to_owned());
                    self.at += 1;
                }
                Some(Token::Path) => self.at += 1,
                Some(Token::Sign('{')) => {
                    self.at += 1;
                    self.group(&segments);
                    return;
                }
                _ => break,
            }
        }
        self.list(&segments, line);
    }

    /// Reads the trees of a group up to its closing brace.
    fn group(&mut self, prefix: &[String]) {
        loop {
            match self.peek(0) {
                Some(Token::Sign('}')) => {
                    self.at += 1;
                    return;
                }
                Some(Token::Word(_) | Token::Path | Token::Sign('*' | '{')) => self.tree(prefix),
                Some(Token::Sign(_)) => self.at += 1,
                None => return,
            }
        }
    }

    fn list(&mut self, segments: &[String], line: usize) {
        let inline = self.scopes.iter().filter_map(|scope| scope.module.clone());
        let mut base: Vec<String> = self.module.iter().cloned().chain(inline).collect();
        let mut rest = segments;
        let mut ours = false;
        while let Some((first, after)) = rest.split_first() {
            match first.as_str() {
                "crate" | "truerate" if !ours => base.clear(),
                "self" if !ours => {}
                "super" => drop(base.pop()),
                _ => break,
            }
            ours = true;
            rest = after;
        }
        let segments = if ours { base.into_iter().chain(rest.iter().cloned()).collect() } else { rest.to_vec() };
        let test = self.opening_test || self.in_test();
        self.found.push(Named { segments, ours, line, test });
    }
}

/// Cuts `text` into words and signs with their lines.
fn tokens(text: &str) -> Vec<(Token, usize)> {
    let chars: Vec<char> = text.chars().collect();
    let get = |at: usize| chars.get(at).copied().unwrap_or('\0');
    let (mut at, mut line, mut found) = (0, 1, Vec::new());
    while at < chars.len() {
        let begin = at;
        let here = get(at);
        if here == '/' && get(at + 1) == '/' {
            while at < chars.len() && get(at) != '\n' {
                at += 1;
            }
        } else if here == '/' && get(at + 1) == '*' {
            at = after_block_comment(&get, at, chars.len());
        } else if here == '"' {
            at = after_string(&get, at, chars.len());
        } else if here == '\'' {
            at = after_quote(&get, at);
        } else if here.is_alphabetic() || here == '_' {
            while get(at).is_alphanumeric() || get(at) == '_' {
                at += 1;
            }
            let word: String = chars.iter().skip(begin).take(at - begin).collect();
            let raw = matches!(word.as_str(), "r" | "br" | "cr") && matches!(get(at), '"' | '#');
            if raw && word == "r" && get(at) == '#' && get(at + 1) != '#' && get(at + 1) != '"' {
                at += 1; // a raw identifier: the word follows
            } else if raw {
                at = after_raw_string(&get, at, chars.len());
            } else if !(matches!(word.as_str(), "b" | "c") && matches!(get(at), '"' | '\'')) {
                found.push((Token::Word(word), line));
            }
        } else if here.is_ascii_digit() {
            while get(at).is_alphanumeric() || get(at) == '_' {
                at += 1;
            }
        } else if here == ':' && get(at + 1) == ':' {
            found.push((Token::Path, line));
            at += 2;
        } else {
            if !here.is_whitespace() {
                found.push((Token::Sign(here), line));
            }
            at += 1;
        }
        line += (begin..at).filter(|&passed| get(passed) == '\n').count();
    }
    found
}

fn after_block_comment(get: &impl Fn(usize) -> char, begin: usize, end: usize) -> usize {
    let (mut at, mut depth) = (begin, 0_usize);
    while at < end {
        if get(at) == '/' && get(at + 1) == '*' {
            depth += 1;
            at += 2;
        } else if get(at) == '*' && get(at + 1) == '/' {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    end
}

fn after_string(get: &impl Fn(usize) -> char, begin: usize, end: usize) -> usize {
    let mut at = begin + 1;
    while at < end && get(at) != '"' {
        at += if get(at) == '\\' { 2 } else { 1 };
    }
    end.min(at + 1)
}

fn after_raw_string(get: &impl Fn(usize) -> char, begin: usize, end: usize) -> usize {
    let mut at = begin;
    while get(at) == '#' {
        at += 1;
    }
    let hashes = at - begin;
    at += 1;
    while at < end && !(get(at) == '"' && (1..=hashes).all(|ahead| get(at + ahead) == '#')) {
        at += 1;
    }
    end.min(at + 1 + hashes)
}

/// Passes a character literal, or only the quote of a lifetime.
fn after_quote(get: &impl Fn(usize) -> char, begin: usize) -> usize {
    if get(begin + 1) == '\\' {
        let mut at = begin + 3;
        while get(at) != '\'' && get(at) != '\0' {
            at += 1;
        }
        at + 1
    } else if get(begin + 2) == '\'' {
        begin + 3
    } else {
        // A lifetime: its name is passed too, or it would read as a word.
        let mut at = begin + 1;
        while get(at).is_alphanumeric() || get(at) == '_' {
            at += 1;
        }
        at
    }
}
