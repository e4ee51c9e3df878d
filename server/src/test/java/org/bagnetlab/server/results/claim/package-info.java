@NullMarked
package org.bagnetlab.server.results.claim;

import org.jspecify.annotations.NullMarked;
