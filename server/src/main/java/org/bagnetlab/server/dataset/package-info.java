/** Browsing of data sets, and imports from uploads. */
@NullMarked
package org.bagnetlab.server.dataset;

import org.jspecify.annotations.NullMarked;
