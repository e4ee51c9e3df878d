package org.bagnetlab.server.document;

import java.util.List;
import org.bagnetlab.server.table.Html;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * Renders a document as a page in the dashboard's style.
 *
 * @param file its path in the source tree
 * @param markdown its text
 */
record Page(String file, String markdown) {

  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());

  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  /** Makes code focusable, so that wide code can be scrolled with the keyboard. */
  private static final AttributeProvider FOCUSABLE =
      (node, tag, attributes) -> {
        if (tag.equals("pre")) {
          attributes.put("class", "scroll");
          attributes.put("tabindex", "0");
        }
      };

  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .attributeProviderFactory(context -> FOCUSABLE)
          .build();

  private static final TextContentRenderer TEXT = TextContentRenderer.builder().build();

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>%s · Bagnet Lab</title>
          <link rel="icon" href="/favicon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="/css/document.css">
        </head>
        <body>
          <a class="skip" href="#main">Skip to content</a>
          <header class="header">
            <div class="header-row">
              <a class="brand" href="/">Bagnet Lab</a>
              <nav class="nav" aria-label="Pages">
                <a href="/">Dashboard</a>
                <a href="/docs"%s>Documents</a>
                <a href="/docs/README"%s>About</a>
                <a href="/docs/CHANGELOG"%s>Changes</a>
              </nav>
            </div>
          </header>
          <main id="main" class="main" tabindex="-1">
            <article class="document">
      %s</article>
          </main>
          <footer class="footer">%s of this server's version of Bagnet Lab.</footer>
        </body>
      </html>
      """;

  /** The whole page. */
  String html() {
    Node document = PARSER.parse(markdown);
    document.accept(new Links(file));
    document.accept(new Comments());
    String address = Documents.addressOf(file);
    return PAGE.formatted(
        Html.escaped(title(document)),
        current(address, Documents.ROOT),
        current(address, Documents.ROOT + "/README"),
        current(address, Documents.ROOT + "/CHANGELOG"),
        scrolled(RENDERER.render(document)),
        Html.escaped(file));
  }

  /**
   * Makes tables scrollable, also with the keyboard. HTML in a document is escaped, so every table
   * tag comes from Markdown.
   */
  private static String scrolled(String html) {
    return html.replace("<table>", "<div class=\"scroll\" tabindex=\"0\">\n<table>")
        .replace("</table>", "</table>\n</div>");
  }

  /** Removes comments for authors. */
  private static final class Comments extends AbstractVisitor {
    @Override
    public void visit(HtmlBlock block) {
      if (block.getLiteral().startsWith("<!--")) {
        block.unlink();
      }
    }
  }

  private static String current(String address, String link) {
    return address.equals(link) ? " aria-current=\"page\"" : "";
  }

  private String title(Node document) {
    StringBuilder title = new StringBuilder();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            if (title.isEmpty()) {
              title.append(TEXT.render(heading).strip());
            }
          }
        });
    return title.isEmpty() ? file : title.toString();
  }
}
