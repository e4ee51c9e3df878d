/** The report's claims, their predictions for the runs of a setting, and the tests of these. */
@NullMarked
package org.bagnetlab.server.results.claim;

import org.jspecify.annotations.NullMarked;
