package org.bagnetlab.server.http.contract;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * An operation in the description of the HTTP interface.
 *
 * @param name its {@code operationId}
 * @param summary what it does, in words
 * @param method HTTP method in capitals
 * @param path pattern that matches the paths of its requests
 */
public record ContractOperation(String name, String summary, String method, Pattern path) {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /**
   * Creates an operation at a path below the interface's root.
   *
   * @param template path with parameters in braces
   */
  static ContractOperation of(String name, String summary, String method, String template) {
    return new ContractOperation(
        name,
        summary,
        method,
        Pattern.compile(Pattern.quote(OpenApi.ROOT) + template.replaceAll("\\{\\w+}", "[^/]+")));
  }

  /** Whether the operation changes anything, judging by its method. */
  public boolean changes() {
    return !READING.contains(method);
  }

  /** Whether a request with this method and path is for this operation. */
  public boolean matches(String asked, String at) {
    return method.equals(asked) && path.matcher(at).matches();
  }
}
