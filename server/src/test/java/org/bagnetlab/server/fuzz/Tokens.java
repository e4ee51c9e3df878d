package org.bagnetlab.server.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Changes one token of a text: it goes, comes twice, trades places with another, or becomes one
 * that readers trip over.
 */
final class Tokens implements Mutation.Structure {

  private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|[\\w.-]+|\\S");

  private final List<String> odd;

  private Tokens(List<String> odd) {
    this.odd = odd;
  }

  /** Tokens of JSON and of safetensors' headers. */
  static Tokens json() {
    return new Tokens(
        List.of(
            "null",
            "true",
            "{}",
            "[]",
            "\"\"",
            "-1",
            "0",
            "1e999",
            "-0.0",
            "NaN",
            "1.5",
            "1e-320",
            "2147483648",
            "9223372036854775808",
            "99999999999999999999999",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\u202e\"",
            "\"1\"",
            "[[[[[[[[[[[[[[[[[[",
            "{\"a\":",
            "]",
            "}",
            ",",
            ":",
            "\"" + "x".repeat(5000) + "\"",
            "\"../../x\"",
            "\"NaN\"",
            "/*"));
  }

  /** Tokens of YAML. */
  static Tokens yaml() {
    return new Tokens(
        List.of(
            "&a",
            "*a",
            "<<: *a",
            "!!binary",
            "!!java.io.File",
            "? ",
            "- ",
            "- - - - - - - -",
            "|",
            ">",
            "---",
            "...",
            "%YAML 1.1",
            "%TAG ! !",
            "@",
            "`",
            "\t",
            "\u0000",
            "\ufeff",
            "\"\\x\"",
            "~",
            ".inf",
            ".nan",
            "0o7",
            "1e999",
            "2147483648",
            "2026-11-27",
            "{",
            "[",
            "}",
            "]",
            "#",
            "'",
            "\"",
            "\n",
            "\n  ",
            "\u2028",
            "\ud83d\ude00",
            ": ",
            "x".repeat(5000)));
  }

  /** Tokens of a query. */
  static Tokens query() {
    return new Tokens(
        List.of(
            "&",
            "=",
            "==",
            "%",
            "%00",
            "%0a",
            "%zz",
            "%ff",
            "%e2%80%ae",
            "+",
            ",",
            ":",
            ";",
            "-1",
            "0",
            "1e999",
            "NaN",
            "2147483648",
            "9223372036854775808",
            "limit",
            "offset",
            "null",
            "'",
            "%27%20or%201=1",
            "x".repeat(3000),
            "..%2f..%2f",
            "true",
            "%22",
            "[]",
            "1.5",
            "99999999999999999999"));
  }

  @Override
  public byte[] change(byte[] input, SplittableRandom random) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    List<MatchResult> tokens = TOKEN.matcher(text).results().toList();
    if (tokens.isEmpty()) {
      return input;
    }
    MatchResult token = tokens.get(random.nextInt(tokens.size()));
    String other = tokens.get(random.nextInt(tokens.size())).group();
    byte[] by =
        switch (random.nextInt(5)) {
          case 0 -> new byte[0];
          case 1 -> (token.group() + " " + token.group()).getBytes(StandardCharsets.ISO_8859_1);
          case 2 -> other.getBytes(StandardCharsets.ISO_8859_1);
          default -> odd.get(random.nextInt(odd.size())).getBytes(StandardCharsets.UTF_8);
        };
    return Mutation.replaced(input, token.start(), token.end() - token.start(), by);
  }
}
