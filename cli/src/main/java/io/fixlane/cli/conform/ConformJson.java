package io.fixlane.cli.conform;

import io.fixlane.conformance.ConformanceReport;
import io.fixlane.conformance.ConformanceReport.OperationCount;
import io.fixlane.conformance.Mismatch;
import io.fixlane.conformance.Word;
import io.fixlane.format.FixedFormat;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts and mismatches as JSON. Words are strings: a number of JSON need not keep more than 53
 * bits. The
 * value of a fixed-point word is raw x 2^-(W-I).
 */
final class ConformJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ConformJson() {}

  static byte[] of(String implementation, List<ConformOutcome> outcomes) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("implementation", implementation);
    ArrayNode files = root.putArray("files");
    OperationCount total = new OperationCount("total", 0, 0, 0, 0, 0);
    for (ConformOutcome outcome : outcomes) {
      put(files.addObject(), outcome);
      total = total.plus(outcome.report().total());
    }
    put(root.putObject("total"), total);
    return MAPPER.writeValueAsBytes(root);
  }

  private static void put(ObjectNode node, ConformOutcome outcome) {
    ConformanceReport report = outcome.report();
    node.put("file", report.file());
    node.put("error", outcome.error());
    ArrayNode operations = node.putArray("operations");
    for (OperationCount count : report.operations()) {
      put(operations.addObject().put("operation", count.operation()), count);
    }
    ArrayNode mismatches = node.putArray("firstMismatches");
    report.mismatches().forEach(mismatch -> put(mismatches.addObject(), mismatch));
  }

  private static void put(ObjectNode node, OperationCount count) {
    node.put("blocks", count.blocks());
    node.put("values", count.values());
    node.put("mismatches", count.mismatches());
    node.put("notCovered", count.notCovered());
    node.put("nanoseconds", count.nanoseconds());
  }

  private static void put(ObjectNode node, Mismatch mismatch) {
    node.put("line", mismatch.line());
    node.put("operation", mismatch.operation().text());
    FixedFormat accumulator = mismatch.accumulator();
    node.put("accumulator", accumulator == null ? (String) null : accumulator.toString());
    ArrayNode operands = node.putArray("operands");
    mismatch.operands().forEach(word -> put(operands.addObject(), word));
    put(node.putObject("expected"), mismatch.expected());
    put(node.putObject("got"), mismatch.got());
  }

  private static void put(ObjectNode node, Word word) {
    node.put("name", word.name());
    node.put("format", word.type().toString());
    node.put("raw", word.text());
    node.put("binary", WordText.bits(word));
  }
}
