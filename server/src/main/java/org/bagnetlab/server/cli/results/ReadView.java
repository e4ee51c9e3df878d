package org.bagnetlab.server.cli.results;

import java.util.Map;
import java.util.Objects;
import org.bagnetlab.server.results.view.View;
import org.bagnetlab.server.results.view.ViewForm;

/**
 * A view as formatted by a server.
 *
 * @param view the view
 * @param texts its text in each form
 */
record ReadView(View<?> view, Map<ViewForm, String> texts) {

  String text(ViewForm form) {
    return Objects.requireNonNull(texts.get(form));
  }

  /** Whether the view has any rows. */
  boolean hasRows() {
    return hasRows(text(ViewForm.CSV));
  }

  /** Whether a view has more than its header line. */
  static boolean hasRows(String csv) {
    return csv.lines().count() > 1;
  }
}
