package org.bagnetlab.server.document;

import java.net.URI;
import java.util.Optional;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/**
 * Replaces the links of a document, which are paths in the source tree, by URLs of the server.
 * Links to files that are not documents, such as source files, become plain text.
 */
final class Links extends AbstractVisitor {

  private final URI file;

  Links(String file) {
    this.file = URI.create("/" + file);
  }

  @Override
  public void visit(Link link) {
    visitChildren(link);
    Optional<String> address = address(link.getDestination());
    if (address.isPresent()) {
      link.setDestination(address.get());
    } else {
      replaceWithChildren(link);
    }
  }

  @Override
  public void visit(Image image) {
    visitChildren(image);
    address(image.getDestination()).ifPresent(image::setDestination);
  }

  private Optional<String> address(String destination) {
    if (destination.startsWith("#") || destination.matches("[a-z]+:.*")) {
      return Optional.of(destination);
    }
    URI target = file.resolve(destination);
    String path = target.getPath().substring(1).replaceFirst("/$", "");
    String fragment = target.getFragment() == null ? "" : "#" + target.getFragment();
    // A link to a directory leads to its README.
    String page = path + "/README.md";
    String name = Documents.exists(page) ? page : path;
    return name.contains(".") && Documents.exists(name)
        ? Optional.of(Documents.addressOf(name) + fragment)
        : Optional.empty();
  }

  private static void replaceWithChildren(Node node) {
    for (Node child = node.getFirstChild(); child != null; child = node.getFirstChild()) {
      node.insertBefore(child);
    }
    node.unlink();
  }
}
