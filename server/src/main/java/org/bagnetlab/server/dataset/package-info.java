/** Data sets that are looked through, and those that are imported from uploads. */
@NullMarked
package org.bagnetlab.server.dataset;

import org.jspecify.annotations.NullMarked;
