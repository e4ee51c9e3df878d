package org.bagnetlab.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A stored token: its hash, which cannot be used to log in. The token itself is 256 random bits, so
 * a fast hash is enough.
 *
 * @param name name of its owner
 * @param role what the owner may do
 * @param sha256 the token's hash in hexadecimal digits
 * @param created when it was created
 */
public record AccessToken(String name, Role role, String sha256, Instant created) {

  /** Prefix of tokens, so that secret scanners find them in repositories and logs. */
  public static final String PREFIX = "bagnetlab_";

  private static final int BYTES = 32;

  /** Generates a token for its owner. */
  static String generate(SecureRandom random) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** The hash of a token. */
  static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** Whether the token has this hash. Runs in constant time. */
  boolean hasHash(String hash) {
    return MessageDigest.isEqual(
        sha256.getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
  }

  User user() {
    return new User(name, role);
  }
}
