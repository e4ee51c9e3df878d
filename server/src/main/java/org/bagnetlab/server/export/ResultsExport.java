package org.bagnetlab.server.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bagnetlab.server.json.CostSumJson;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.server.results.view.View;
import org.bagnetlab.server.results.view.ViewFilter;
import org.bagnetlab.server.results.view.ViewForm;

/**
 * Writes all views of a data set, and the figures drawn of them. Each view is computed once for all
 * of its files. Blocks.
 *
 * @param results the stored runs
 * @param dataset the data set
 * @param filters the part of each view that is written
 * @param figures the figures, drawn by a browser; empty if there was none
 * @param cost what the jobs behind the results cost
 */
public record ResultsExport(
    Results results,
    String dataset,
    Map<View<?>, ViewFilter> filters,
    List<Figure> figures,
    CostSumJson cost) {

  /** Writes in these forms. */
  public void write(Set<ExportForm> forms, Exported to) throws IOException {
    List<View<?>> all = View.all();
    int total = all.size() + forms.size();
    List<WrittenView> views = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      to.step(all.get(i).name(), i, total);
      WrittenView view = written(all.get(i));
      // Many views over a parameter and of analyses are empty: most labs run few experiments and
      // vary few parameters.
      if (!view.view().isOfFamily() || view.hasRows()) {
        views.add(view);
      }
    }
    int done = all.size();
    for (ExportForm form : forms) {
      to.step(form.text(), done++, total);
      switch (form) {
        case FILES -> new FileExport(again(form), cost, to).write(views, figures);
        case SITE ->
            new Site(dataset, again(form), to)
                .write(views, figures, new SitePictures(results, to).read(views));
      }
    }
    to.step("", total, total);
  }

  private WrittenView written(View<?> view) throws IOException {
    Set<ViewForm> texts = EnumSet.copyOf(FileExport.FORMS);
    // Neither the README nor the site has a table of all runs.
    if (!view.listsRuns()) {
      texts.add(ViewForm.TABLE);
      texts.add(ViewForm.HTML);
    }
    return new WrittenView(view, view.written(results, filter(view), texts));
  }

  private ViewFilter filter(View<?> view) {
    return Objects.requireNonNull(filters.get(view));
  }

  /** The command that writes the same again, to a directory of the reader's choice. */
  private String again(ExportForm form) {
    ViewFilter filter = filter(View.all().get(0));
    return "./bagnetlab results export --%s DIR --dataset %s%s%s%s"
        .formatted(
            form == ExportForm.FILES ? "to" : form.text(),
            dataset,
            filter.setting().text().map(setting -> " --setting " + setting).orElse(""),
            filter.published() ? " --published" : "",
            filter.counted().options());
  }
}
