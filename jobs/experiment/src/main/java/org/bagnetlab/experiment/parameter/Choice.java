package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/** One of a few constants, each with a display label. */
public class Choice<T extends Enum<T>> implements ParameterType<T> {

  private final JavaType type;
  private final Map<String, T> constants = new LinkedHashMap<>();
  private final Function<T, String> label;

  /** All constants of a type, with their names in JSON. */
  public Choice(Class<T> type, Function<T, String> label) {
    this.type = Json.MAPPER.constructType(type);
    this.label = label;
    for (T constant : type.getEnumConstants()) {
      constants.put(request(constant).textValue(), constant);
    }
  }

  @Override
  public Optional<T> read(Fields fields, String name, Values before) {
    return fields
        .text(name)
        .map(said -> constants.get(Fields.oneOf(name, said, List.copyOf(constants.keySet()))));
  }

  @Override
  public InvalidSpec missing(String name, Values before) {
    return InvalidSpec.missing(name, List.copyOf(constants.keySet()));
  }

  @Override
  public JavaType javaType() {
    return type;
  }

  @Override
  public ObjectNode schema(Values before) {
    ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "string");
    ArrayNode choices = schema.putArray("oneOf");
    constants.forEach(
        (name, constant) ->
            choices.addObject().put("const", name).put("title", label.apply(constant)));
    return schema;
  }

  @Override
  public String words(Values before) {
    return String.join(", ", constants.keySet());
  }

  /**
   * A default for another parameter that depends on this choice. Its description lists the default
   * for each choice, and those that most choices share last.
   */
  public <V> Default<V> decides(Parameter<T> parameter, Function<T, V> value) {
    Map<V, Long> choices =
        constants.values().stream()
            .collect(Collectors.groupingBy(value, LinkedHashMap::new, Collectors.counting()));
    return Default.from(
        choices.size() == 1
            ? text(choices.keySet().iterator().next())
            : "that of the %s: %s".formatted(parameter.name(), listed(value, choices)),
        before -> value.apply(before.get(parameter)));
  }

  private <V> String listed(Function<T, V> value, Map<V, Long> choices) {
    Predicate<V> shared = each -> choices.getOrDefault(each, 0L) > constants.size() / 2;
    return Stream.concat(
            constants.entrySet().stream()
                .filter(choice -> !shared.test(value.apply(choice.getValue())))
                .map(choice -> choice.getKey() + " " + text(value.apply(choice.getValue()))),
            choices.keySet().stream().filter(shared).map(each -> "others " + text(each)))
        .collect(Collectors.joining(", "));
  }

  /** A value as in a request. */
  private static String text(Object value) {
    return switch (value) {
      case Labelled choice -> choice.text();
      case Double number -> Decimal.plain(number);
      default -> value.toString();
    };
  }
}
