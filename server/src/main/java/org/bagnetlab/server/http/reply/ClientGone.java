package org.bagnetlab.server.http.reply;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The client of a response has left, so that nobody waits for the rest. */
public final class ClientGone extends IOException {

  @Serial private static final long serialVersionUID = 1;

  public ClientGone(@Nullable Throwable cause) {
    super("the client is gone", cause);
  }
}
