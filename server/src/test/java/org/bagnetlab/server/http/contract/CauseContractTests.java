package org.bagnetlab.server.http.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.queue.job.Cause;
import org.junit.jupiter.api.Test;

/** Scripts decide by the codes of causes, so the contract has them all and no others. */
class CauseContractTests {

  @Test
  void allCodesOfCausesAreDescribed() throws Exception {
    JsonNode contract =
        new YAMLMapper()
            .readTree(Path.of("src/main/resources/org/bagnetlab/server/openapi.yaml").toFile());
    List<String> described = new ArrayList<>();
    contract.at("/components/schemas/CauseCode/enum").forEach(code -> described.add(code.asText()));
    assertThat(described).containsExactlyInAnyOrderElementsOf(Cause.codes());
  }
}
