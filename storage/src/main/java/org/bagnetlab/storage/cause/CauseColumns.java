package org.bagnetlab.storage.cause;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The two columns that hold a cause. */
public final class CauseColumns {

  private CauseColumns() {}

  /** The columns {@code cause_code} and {@code cause_arguments}. */
  public static CauseRow cause(ResultSet row) throws SQLException {
    return new CauseRow(row.getString("cause_code"), row.getString("cause_arguments"));
  }

  /** The same where there may be none. */
  public static Optional<CauseRow> cause(ResultSet row, String code, String arguments)
      throws SQLException {
    String stored = row.getString(code);
    return stored == null
        ? Optional.empty()
        : Optional.of(new CauseRow(stored, row.getString(arguments)));
  }
}
