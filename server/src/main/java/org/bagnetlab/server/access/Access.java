package org.bagnetlab.server.access;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** Decides who a request is from. */
public interface Access {

  /** Whether visitors need a token. */
  boolean login();

  /** Who has this token, if anybody has. */
  Optional<Visitor> visitor(String token);

  /** Hears of tokens that were added or removed, after they are in force. */
  @FunctionalInterface
  interface Changes {

    /** At least one of the lists is not empty. */
    void changed(List<Visitor> added, List<Visitor> removed);
  }

  /** Notices changes until the server ends. */
  void watch(Vertx vertx, Changes changes);

  /** For a server on loopback: no token is needed. */
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
      public void watch(Vertx vertx, Changes changes) {
        // There are no tokens.
      }
    };
  }
}
