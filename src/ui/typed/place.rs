//! Web addresses and paths of files, as people type, paste or drop them.

use super::Unreadable;

/// A web address; `https://` is added where it names no scheme.
///
/// # Errors
/// [`Unreadable`] where it has spaces, names no place, or is of a scheme that is no web address.
pub fn address(text: &str) -> Result<String, Unreadable> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Unreadable::Empty);
    }
    let web = |address: &str| ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let place = whole.split_once("://").map_or("", |(_, place)| place);
    let named = place.split('/').next().is_some_and(|host| host.contains('.') && !host.starts_with('.'));
    if web(&whole) && named && !whole.contains(|c: char| c.is_whitespace() || c.is_control()) {
        Ok(whole)
    } else {
        Err(Unreadable::NotAnAddress)
    }
}

/// The whole path of a file; quotes and `file://` of a pasted one are taken off.
///
/// # Errors
/// [`Unreadable`] where it does not begin at a root: `contract.pdf` alone is in no known folder.
pub fn path(text: &str) -> Result<String, Unreadable> {
    let text = text.trim().trim_matches(['"', '\'']);
    if text.is_empty() {
        return Err(Unreadable::Empty);
    }
    let text = match text.strip_prefix("file://") {
        Some(pasted) => unescaped(pasted).ok_or(Unreadable::NotAPath)?,
        None => text.to_owned(),
    };
    let mut letters = text.chars();
    let drive = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.next() == Some(':')
        && letters.next().is_some_and(|c| c == '\\' || c == '/');
    let rooted = text.starts_with('/') || text.starts_with("\\\\") || drive;
    if rooted && !text.contains(char::is_control) { Ok(text) } else { Err(Unreadable::NotAPath) }
}

/// `%20` and its like as the letters that they stand for.
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut plain = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let value = digit(bytes.next()?)? * 16 + digit(bytes.next()?)?;
            plain.push(u8::try_from(value).ok()?);
        } else {
            plain.push(byte);
        }
    }
    String::from_utf8(plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gets_the_scheme_that_it_lacks() {
        for (text, whole) in [
            ("app.outlier.ai/en/expert", "https://app.outlier.ai/en/expert"),
            (" https://example.org/a?b=c ", "https://example.org/a?b=c"),
            ("http://example.org", "http://example.org"),
        ] {
            assert_eq!(address(text), Ok(whole.to_owned()));
        }
        for text in ["nothing", "two words.org", "javascript://x.y", "file:///etc/passwd", "https://", ".org"] {
            assert_eq!(address(text), Err(Unreadable::NotAnAddress), "{text}");
        }
        assert_eq!(address(" "), Err(Unreadable::Empty));
    }

    #[test]
    fn a_path_begins_at_a_root() {
        for (text, whole) in [
            ("/home/ada/contract 2026.pdf", "/home/ada/contract 2026.pdf"),
            ("\"/home/ada/contract.pdf\"", "/home/ada/contract.pdf"),
            ("file:///home/ada/contract%202026.pdf", "/home/ada/contract 2026.pdf"),
            ("C:\\Users\\Ada\\contract.pdf", "C:\\Users\\Ada\\contract.pdf"),
        ] {
            assert_eq!(path(text), Ok(whole.to_owned()));
        }
        for text in ["contract.pdf", "~/contract.pdf", "file://%zz", "file:///a%2", "/a\nb", "C:contract"] {
            assert_eq!(path(text), Err(Unreadable::NotAPath), "{text}");
        }
    }
}
