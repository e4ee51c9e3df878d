package org.bagnetlab.server.access;

import io.vertx.core.Vertx;
import java.util.Optional;

/** Decides who a request is from. */
public interface Access {

  /** Whether visitors need a token. */
  boolean login();

  /** Who has this token, if anybody has. */
  Optional<Visitor> visitor(String token);

  /**
   * Notices changes until the server ends.
   *
   * @param removed called after somebody may no longer use the server
   */
  void watch(Vertx vertx, Runnable removed);

  /** For a server that only its own machine reaches: nobody needs a token. */
  static Access open() {
    return new Access() {
      @Override
      public boolean login() {
        return false;
      }

      @Override
      public Optional<Visitor> visitor(String token) {
        return Optional.of(Visitor.LOCAL);
      }

      @Override
      public void watch(Vertx vertx, Runnable removed) {
        // Nobody comes or goes.
      }
    };
  }
}
