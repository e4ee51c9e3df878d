package org.bagnetlab.server.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.contract.Contract;
import org.bagnetlab.server.contract.Exchange;

/**
 * The HTTP interface, as a script would use it, held to the contract with real workers' answers.
 */
final class Lab {

  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;
  private final Contract contract;

  Lab(String address) {
    this(address, Contract.ours());
  }

  private Lab(String address, Contract contract) {
    this.address = address;
    this.contract = contract;
  }

  /**
   * One that is held to the contract as it tells it, which has experiments that this test lacks.
   */
  static Lab ofItsOwnContract(String address) throws IOException, InterruptedException {
    String described = new Lab(address).text("openapi.yaml", "application/yaml");
    return new Lab(address, new Contract(new YAMLMapper().readTree(described)));
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  JsonNode post(String path, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  JsonNode delete(String path) throws IOException, InterruptedException {
    String answer = exchange(HttpRequest.newBuilder(uri(path)).DELETE());
    return answer.isEmpty() ? MissingNode.getInstance() : Json.MAPPER.readTree(answer);
  }

  /** What is not JSON. */
  String text(String path, String mediaType) throws IOException, InterruptedException {
    return exchange(HttpRequest.newBuilder(uri(path)).header("Accept", mediaType).GET());
  }

  /** Asks for a job until it is as wanted. */
  JsonNode await(long job, Duration patience, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      JsonNode now = get("jobs/" + job);
      if (wanted.test(now)) {
        return now;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("after " + patience + " the job still is " + now);
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private URI uri(String path) {
    return URI.create(address + "api/v1/" + path);
  }

  private JsonNode send(HttpRequest.Builder builder) throws IOException, InterruptedException {
    return Json.MAPPER.readTree(exchange(builder));
  }

  private String exchange(HttpRequest.Builder builder) throws IOException, InterruptedException {
    HttpRequest request = builder.timeout(Duration.ofSeconds(20)).build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    // What fails in a night of faults is the test's to judge.
    if (response.statusCode() < 500) {
      contract.check(Exchange.of(response));
    }
    return response.body();
  }
}
