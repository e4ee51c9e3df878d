package org.bagnetlab.server.document.prose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** The numbers in a document's paragraphs, lists and tables, and where they are from. */
final class Prose {

  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  /** Names, and what an image is made of: no measurements. */
  private static final Pattern NAME =
      Pattern.compile(
          "(BagNet|ResNet|DenseNet)-\\d+( v1\\.5)?(,? (and )?-\\d+)*|CBAM-ResNet50|controlled-15"
              + "|scene15|15-scene|\\d+ x \\d+|95 %|\\d+ (px|pixels?)\\b|(Table|Figure|Claim) \\d");

  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])-?(\\d{1,3}(,\\d{3})+|\\d*\\.\\d+|\\d+)(?![\\w])");

  private Prose() {}

  /**
   * What is wrong with a document's numbers.
   *
   * @param tables that its references are to
   * @param all whether every number needs a source; otherwise where one is given it is checked
   */
  static List<String> problems(String markdown, Tables tables, boolean all) {
    List<String> problems = new ArrayList<>();
    for (Node block = PARSER.parse(markdown).getFirstChild();
        block != null;
        block = block.getNext()) {
      if (block instanceof Paragraph || block instanceof ListBlock || block instanceof TableBlock) {
        Content content = Content.of(block);
        Optional<Sources> sources =
            Optional.ofNullable(block.getNext())
                .filter(HtmlBlock.class::isInstance)
                .flatMap(next -> Sources.of(((HtmlBlock) next).getLiteral()));
        List<String> numbers = content.numbers();
        if (sources.isPresent()) {
          sources
              .get()
              .problems(content.text(), numbers, content.names(), tables)
              .forEach(problem -> problems.add(content.begin() + problem));
        } else if (all && !numbers.isEmpty()) {
          problems.add(content.begin() + "no sources of " + numbers);
        }
      }
    }
    return problems;
  }

  /**
   * What people read.
   *
   * @param names in code font, which are not in the text
   */
  private record Content(String text, List<String> names) {

    static Content of(Node block) {
      StringBuilder text = new StringBuilder();
      List<String> names = new ArrayList<>();
      block.accept(
          new AbstractVisitor() {
            @Override
            public void visit(Text node) {
              text.append(node.getLiteral());
              if (!(node.getParent() instanceof Paragraph)) {
                text.append(' ');
              }
            }

            @Override
            public void visit(SoftLineBreak node) {
              text.append(' ');
            }

            @Override
            public void visit(Code node) {
              names.add(node.getLiteral());
            }
          });
      return new Content(text.toString(), names);
    }

    List<String> numbers() {
      List<String> numbers = new ArrayList<>();
      Matcher number = NUMBER.matcher(NAME.matcher(text).replaceAll(" "));
      while (number.find()) {
        numbers.add(number.group());
      }
      return numbers;
    }

    /** By which its author finds it. */
    String begin() {
      return "“%s …”: ".formatted(text.substring(0, Math.min(50, text.length())).strip());
    }
  }
}
