/** Commands that import, list, check and remove data sets. */
@NullMarked
package org.bagnetlab.server.cli.dataset;

import org.jspecify.annotations.NullMarked;
