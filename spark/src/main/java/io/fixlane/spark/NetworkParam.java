package io.fixlane.spark;

import java.util.Base64;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable;

/** The bytes of a network as a parameter, which a saved pipeline holds in Base64. */
final class NetworkParam extends Param<byte[]> {
  private static final long serialVersionUID = 1;

  NetworkParam(Identifiable parent) {
    super(parent, "network", "the bytes of a network file");
  }

  @Override
  public String jsonEncode(byte[] value) {
    return '"' + Base64.getEncoder().encodeToString(value) + '"';
  }

  @Override
  public byte[] jsonDecode(String json) {
    return Base64.getDecoder().decode(json.substring(1, json.length() - 1));
  }
}
