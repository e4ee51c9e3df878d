package org.bagnetlab.server.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/** A table within a block that scrolls sideways where the table is wider than the page. */
final class ScrolledTable extends CustomBlock {

  /** Its attributes, always in this order. */
  private static final Map<String, String> ATTRIBUTES = new LinkedHashMap<>();

  static {
    ATTRIBUTES.put("class", "scroll");
    ATTRIBUTES.put("tabindex", "0");
  }

  private ScrolledTable() {}

  static void wrapAll(Node document) {
    List<TableBlock> tables = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(CustomBlock block) {
            if (block instanceof TableBlock table) {
              tables.add(table);
            }
          }
        });
    for (TableBlock table : tables) {
      ScrolledTable scrolled = new ScrolledTable();
      table.insertBefore(scrolled);
      scrolled.appendChild(table);
    }
  }

  static NodeRenderer renderer(HtmlNodeRendererContext context) {
    return new NodeRenderer() {
      @Override
      public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(ScrolledTable.class);
      }

      @Override
      public void render(Node node) {
        HtmlWriter html = context.getWriter();
        html.line();
        html.tag("div", ATTRIBUTES);
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
          context.render(child);
        }
        html.tag("/div");
        html.line();
      }
    };
  }
}
