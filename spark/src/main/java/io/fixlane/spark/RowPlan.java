package io.fixlane.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CreateStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.plans.logical.DeserializeToObject;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.MapPartitions;
import org.apache.spark.sql.catalyst.plans.logical.SerializeFromObject;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The plan of {@link Dataset#mapPartitions}, but with rows as Spark itself has them: an encoder of
 * rows makes an object of each number of an array.
 */
final class RowPlan {
  private RowPlan() {}

  /**
   * Returns rows with results behind their columns.
   *
   * @param rows the rows
   * @param schema their columns and those of the results
   * @param inference what computes the results
   */
  static Dataset<Row> of(Dataset<Row> rows, StructType schema, Inference inference) {
    LogicalPlan child = rows.queryExecution().analyzed();
    LogicalPlan copied =
        new DeserializeToObject(copy(child), object("row", InternalRow.class), child);
    // Two types, lest Spark take the results of one network for the copied rows of the next.
    LogicalPlan mapped =
        new MapPartitions(inference, object("result", GenericInternalRow.class), copied);
    return org.apache.spark.sql.classic.Dataset.ofRows((SparkSession) rows.sparkSession(),
        new SerializeFromObject(cells(schema), mapped));
  }

  /** A copy of all cells of a row: Spark reads the next one into the same memory. */
  private static Expression copy(LogicalPlan rows) {
    @SuppressWarnings("unchecked")
    Seq<Expression> columns = (Seq<Expression>) (Seq<?>) rows.output();
    return new Invoke(CreateStruct.apply(columns), "copy", new ObjectType(InternalRow.class),
        none(), none(), true, false, true);
  }

  private static Attribute object(String name, Class<?> type) {
    return new AttributeReference(
        name, new ObjectType(type), false, Metadata.empty(), NamedExpression.newExprId(), none());
  }

  private static Seq<NamedExpression> cells(StructType schema) {
    Expression row = new BoundReference(0, schema, false);
    List<NamedExpression> cells = new ArrayList<>();
    for (StructField field : schema.fields()) {
      cells.add(new Alias(new GetStructField(row, cells.size(), Option.apply(field.name())),
          field.name(), NamedExpression.newExprId(), none(), Option.apply(field.metadata()),
          none()));
    }
    return CollectionConverters.asScala(cells).toSeq();
  }

  private static <T> Seq<T> none() {
    return CollectionConverters.asScala(List.<T>of()).toSeq();
  }
}
