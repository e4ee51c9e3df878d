/** Commands that import, list, check, export and remove data sets. */
package org.bagnetlab.server.cli.dataset;
