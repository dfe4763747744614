import { BarChart, LineChart } from 'echarts/charts';
import {
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useColourScheme } from '../colour-scheme.ts';
import { useLatest } from '../use-latest.ts';

// Drawn as SVG, so that Chinese letters come from the page's own fonts.
use([
  BarChart,
  LineChart,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

export type ChartOption = EChartsCoreOption;

type Props = {
  option: ChartOption;
  label: string;
  height: number;
  onPress?: (value: unknown) => void;
  onReady?: (image: () => string) => void;
};

const inks = {
  light: { page: '#ffffff', text: '#57606a', line: '#dfe3e8', colours: ['#0958d9', '#8a5300', '#1f6f2b', '#6b5f96'] },
  dark: { page: '#1c222b', text: '#9ba6b4', line: '#2d343e', colours: ['#5b9bff', '#f0b849', '#6cc784', '#a79bd8'] },
} as const;

/** A drawn chart in the colours of the page. What it shows stands in a table beside it for who cannot see it. */
export function Chart({ option, label, height, onPress, onReady }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useColourScheme();
  const act = useLatest({ onPress, onReady });
  useEffect(() => {
    if (!box.current) return;
    const chart = init(box.current, themeOf(scheme), { renderer: 'svg' });
    chart.setOption({ ...FRAME, ...option });
    chart.on('click', (event) => act.current.onPress?.(event.value));
    act.current.onReady?.(() => chart.getDataURL({ type: 'svg' }));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option, scheme, act]);
  return <div ref={box} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}

const FRAME = {
  animation: false,
  grid: { left: 8, right: 16, top: 28, bottom: 8, containLabel: true },
  tooltip: { trigger: 'axis', confine: true },
};

function themeOf(scheme: 'light' | 'dark') {
  const { text, line, colours, page } = inks[scheme];
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisLabel: { color: text },
    splitLine: { lineStyle: { color: line } },
  };
  return {
    color: [...colours],
    textStyle: { fontFamily: 'inherit', color: text },
    legend: { textStyle: { color: text } },
    tooltip: { backgroundColor: page, borderColor: line, textStyle: { color: text } },
    timeAxis: axis,
    valueAxis: axis,
    categoryAxis: axis,
  };
}
