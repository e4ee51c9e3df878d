package org.bagnetlab.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The dashboard's types and defaults are those of the contract. */
class TypeDefinitionsTests {

  private static final Path API =
      Path.of("..", "web", "src", "main", "resources", "dashboard", "js", "api");

  @Test
  void theDashboardsDefaultsAreThoseOfTheContract() throws Exception {
    String defaults = TypeDefinitions.defaults(Contract.description());
    if (Boolean.getBoolean("bagnetlab.update")) {
      Files.writeString(API.resolve("defaults.js"), defaults);
      // For editors only: git ignores it.
      Files.writeString(API.resolve("types.js"), TypeDefinitions.ofContract());
    }
    assertThat(API.resolve("defaults.js"))
        .as("defaults.js differs from openapi.yaml: run this test with -Dbagnetlab.update=true")
        .hasContent(defaults);
  }

  @Test
  void aSchemaBecomesAType() throws Exception {
    JsonNode description =
        new YAMLMapper()
            .readTree(
                """
                components:
                  schemas:
                    State:
                      type: string
                      enum: [LIT, DARK]
                    Lamp:
                      type: object
                      description: >
                        What
                        shines
                      required: [id, state]
                      properties:
                        id: {type: integer}
                        state: {$ref: '#/components/schemas/State', description: Now}
                        power: {type: [number, 'null']}
                        tags: {type: array, items: {type: string}}
                        past: {type: array, items: {oneOf: [{const: 1}, {const: never}]}}
                        counts: {type: object, propertyNames: {$ref: '#/components/schemas/State'}, additionalProperties: {type: integer}}
                        facts: {type: object, additionalProperties: {type: string}}
                        place: {type: object, required: [x], properties: {x: {type: number}, y: {type: number, default: 2}}}
                    Lamps:
                      allOf:
                        - {$ref: '#/components/schemas/Lamp'}
                        - {type: object, required: [more], properties: {more: {type: array, items: {$ref: '#/components/schemas/Lamp'}}}}
                    Named:
                      type: object
                      required: [name]
                      properties: {name: {type: string}}
                      additionalProperties: {type: number}
                """);
    assertThat(TypeDefinitions.types(description))
        .contains(
            """
            /**
             * @typedef {'LIT'|'DARK'} State
             */

            /**
             * What shines
             * @typedef {object} Lamp
             * @property {number} id
             * @property {State} state Now
             * @property {number|null} [power]
             * @property {string[]} [tags]
             * @property {(1|'never')[]} [past]
             * @property {Partial<Record<State, number>>} [counts]
             * @property {Record<string, string>} [facts]
             * @property {{x: number, y?: number}} [place]
             */

            /**
             * @typedef {Lamp & {more: Lamp[]}} Lamps
             */

            /**
             * @typedef {{name: string, [name: string]: string|number|undefined}} Named
             */
            """);
    assertThat(TypeDefinitions.defaults(description))
        .endsWith(
            """
            export const DEFAULTS = {
              Lamp: {"place":{"y":2}},
            };
            """);
  }
}
