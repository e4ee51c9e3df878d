@NullMarked
package org.bagnetlab.server.results.accuracy;

import org.jspecify.annotations.NullMarked;
