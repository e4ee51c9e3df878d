package org.bagnetlab.server.cli.results;

import java.util.Map;
import java.util.Objects;
import org.bagnetlab.server.results.view.View;
import org.bagnetlab.server.results.view.ViewForm;

/**
 * A view as a server wrote it.
 *
 * @param view which
 * @param texts in every form that is written
 */
record ReadView(View<?> view, Map<ViewForm, String> texts) {

  String text(ViewForm form) {
    return Objects.requireNonNull(texts.get(form));
  }

  /** Whether anything is in it. */
  boolean hasRows() {
    return hasRows(text(ViewForm.CSV));
  }

  /** Whether a view has more than the names of its values. */
  static boolean hasRows(String csv) {
    return csv.lines().count() > 1;
  }
}
