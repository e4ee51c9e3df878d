package org.bagnetlab.server.results.view;

import java.io.Serial;
import java.util.NoSuchElementException;

/** Reports that a chosen run is not one that a view can show, in the user's words. */
public final class UnknownRun extends NoSuchElementException {

  @Serial private static final long serialVersionUID = 1;

  UnknownRun(String message) {
    super(message);
  }
}
