/** Commands that import, list, check, export and remove data sets. */
@NullMarked
package org.bagnetlab.server.cli.dataset;

import org.jspecify.annotations.NullMarked;
