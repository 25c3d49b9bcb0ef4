package io.fixlane.hardware;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of top functions. */
final class TopName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

  /** Words of C++, of the headers that are included, and of projects. */
  private static final Set<String> TAKEN = Set.of(
      "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break",
      "case", "catch", "char", "char16_t", "char32_t", "class", "compl", "const", "const_cast",
      "constexpr", "continue", "decltype", "default", "delete", "do", "double", "dynamic_cast",
      "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto",
      "if", "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not", "not_eq",
      "nullptr", "operator", "or", "or_eq", "private", "protected", "public", "register",
      "reinterpret_cast", "return", "short", "signed", "sizeof", "static", "static_assert",
      "static_cast", "struct", "switch", "template", "this", "thread_local", "throw", "true",
      "try", "typedef", "typeid", "typename", "union", "unsigned", "using", "virtual", "void",
      "volatile", "wchar_t", "while", "xor", "xor_eq",
      "main", "std", "hls", "sc_main", "sc_dt", "sc_core", "ap_fixed", "ap_ufixed",
      "fixlane", "bench", "layers", "streams", "words", "weights", "input_t", "input_beat");

  private TopName() {}

  static String require(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name is '" + name
          + "': it must be 1 to 64 letters, digits and underscores, the first a letter");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (TAKEN.contains(lower) || lower.startsWith("layer_") || name.contains("__")) {
      throw new IllegalArgumentException("name is '" + name
          + "': C++ or the project uses it for something else");
    }
    return name;
  }
}
