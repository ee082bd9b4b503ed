"""The pictures of a village's books as pages show them: headline, charts (ECharts options), and the table of each."""
